import { listOperationProblems, type OperationName } from '../../../src/domain/check-operation';

const KEY = { tenant: 'default', batchId: 'nightly-2026-11-24T06:00:00Z' };

const VALID: readonly (readonly [OperationName, object])[] = [
  ['releaseBatch', { ...KEY, generation: 0, revision: 2, by: 'ann', why: 'over', ticket: 'T-1' }],
  ['reconcileBatch', { ...KEY, action: 'report', request: null }],
  ['sweepOrphans', { ...KEY, generation: null, afterMs: [0], isCountEnough: true, scope: null }],
  [
    'sweepOrphans',
    { ...KEY, generation: 3, afterMs: [5, 9], scope: { requestHash: 'h', places: [], notify: [] } },
  ],
];

test.each(VALID)('an input of %s that programs send is taken: %j', (name, input) => {
  expect(listOperationProblems(name, input)).toEqual([]);
});

test.each<[OperationName, object, readonly (string | number)[]]>([
  ['releaseBatch', { ...KEY, generation: 0 }, ['revision']],
  ['releaseBatch', { ...KEY, generation: 0, revision: '0' }, ['revision']],
  ['releaseBatch', { ...KEY, generation: -1, revision: 0 }, ['generation']],
  ['releaseBatch', { ...KEY, generation: 0, revision: 0, force: true }, ['force']],
  ['releaseBatch', { ...KEY, generation: 0, revision: 0, by: 'x'.repeat(501) }, ['by']],
  ['reconcileBatch', { ...KEY, action: 'delete' }, ['action']],
  ['reconcileBatch', { ...KEY, tenant: '../..', action: 'report' }, ['tenant']],
  ['reconcileBatch', { tenant: 'default', action: 'report' }, ['batchId']],
  ['sweepOrphans', { ...KEY, generation: null, afterMs: [], scope: null }, ['afterMs']],
  ['sweepOrphans', { ...KEY, generation: null, afterMs: ['1h'], scope: null }, ['afterMs']],
  ['sweepOrphans', { ...KEY, generation: null, afterMs: [0] }, ['scope']],
  [
    'sweepOrphans',
    { ...KEY, generation: null, afterMs: [0], scope: { requestHash: 'h', notify: 1 } },
    ['scope', 'notify'],
  ],
])('an input of %s with a slip names its place: %j', (name, input, path) => {
  expect(listOperationProblems(name, input)).toEqual([expect.objectContaining({ path })]);
});

test.each([undefined, null, 7, 'nightly', []])('%j is no input at all', (input) => {
  expect(listOperationProblems('releaseBatch', input)).toHaveLength(1);
});
