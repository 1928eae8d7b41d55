import { decideProof, type RunFacts } from '../../../src/domain/proof-decision';

const FRESH: RunFacts = {
  runId: 'run-1',
  firstExecutionRunId: 'run-1',
  listedRunIds: ['run-1'],
  namedInstances: 0,
  isLookUpAlways: false,
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
])('a run is in doubt when %s', (_why, change) => {
  expect(decideProof({ ...FRESH, ...change })).toBe('unsettled');
});
