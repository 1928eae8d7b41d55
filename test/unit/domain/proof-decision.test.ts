import { decideProof, type RunFacts } from '../../../src/domain/proof-decision';

const FRESH: RunFacts = {
  runId: 'run-1',
  firstExecutionRunId: 'run-1',
  listedRunIds: ['run-1'],
  namedInstances: 0,
  isLookUpAlways: false,
  carried: null,
  start: null,
};

/** Goes on from a proven run by continue-as-new; its predecessor has bought three. */
const CONTINUED: RunFacts = {
  ...FRESH,
  runId: 'run-2',
  listedRunIds: ['run-1', 'run-2'],
  namedInstances: 3,
  carried: { runId: 'run-1' },
  start: { originalRunId: 'run-2', continuedFromRunId: 'run-1', isContinueAsNew: true },
};

test('a run that is alone, first, and finds nothing by its name is fresh', () => {
  expect(decideProof(FRESH)).toBe('fresh');
});

test.each([[[]], [['run-0']]])(
  'a list that does not show the run itself says nothing',
  (listed) => {
    expect(decideProof({ ...FRESH, listedRunIds: listed })).toBe('wait');
  },
);

test.each<[string, Partial<RunFacts>]>([
  ['it continues an earlier execution', { firstExecutionRunId: 'run-0' }],
  ['there was another run', { listedRunIds: ['run-0', 'run-1'] }],
  ['instances bear its name', { namedInstances: 1 }],
  ['the operator demands a look-up', { isLookUpAlways: true }],
  ['it was given what an earlier run knew', { carried: { runId: 'run-0' } }],
])('a run is in doubt when %s', (_why, change) => {
  expect(decideProof({ ...FRESH, ...change })).toBe('unsettled');
});

test('a run that continues a proven one has its proof, whatever that one bought', () => {
  expect(decideProof(CONTINUED)).toBe('continued');
});

test('a continued run need not wait for the list: nothing can come between it and the one before', () => {
  expect(decideProof({ ...CONTINUED, listedRunIds: [] })).toBe('continued');
});

test.each<[string, Partial<RunFacts>]>([
  ['is a reset', { start: { ...CONTINUED.start!, originalRunId: 'run-1' } }],
  ['continues another run than the proven one', { carried: { runId: 'run-0' } }],
  ['was started by a retry', { start: { ...CONTINUED.start!, isContinueAsNew: false } }],
  ['continues nothing', { start: { ...CONTINUED.start!, continuedFromRunId: null } }],
  ['was given no proof', { carried: null }],
  ['could not say where it comes from', { start: null }],
  ['is told to look always', { isLookUpAlways: true }],
])('a run with a past is in doubt when it %s', (_why, change) => {
  expect(decideProof({ ...CONTINUED, ...change })).toBe('unsettled');
});
