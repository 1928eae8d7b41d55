import { createControl } from '../../src/activities/control';
import type { ControlAnswer } from '../../src/contract/activity-types';
import {
  runActivity,
  StandingClock,
  useActivityStages,
  type ActivityStage,
} from './activity-stage';
import { createSeenInstance, failedAnswer, okAnswer } from './scripted-cloud';

const NAME = 'tf-home-c0000';
const VISIBILITY_LAG_MS = 20;

const createStage = useActivityStages();

function control({ dependencies }: ActivityStage): Promise<ControlAnswer> {
  const settle = { ...dependencies.settle, visibilityLagMs: VISIBILITY_LAG_MS };
  return runActivity(createControl({ ...dependencies, settle }), {
    account: 'default',
    region: 'cn-hangzhou',
    engine: 'Redis',
    name: NAME,
    ids: ['r-1', 'r-2'],
  });
}

function find(...ids: string[]) {
  return okAnswer(ids.map((id) => createSeenInstance({ id, name: NAME })));
}

describe('the positive control', () => {
  it('leaves what else bears the name to the closing audit', async () => {
    const stage = createStage({ searches: [find('r-1', 'r-2', 'r-of-an-earlier-run')] });
    expect((await control(stage)).refusal).toBeNull();
  });

  it('is passed when the search by name finds all the ids, in any order', async () => {
    const stage = createStage({ searches: [find('r-2', 'r-1')] });
    expect(await control(stage)).toEqual({ refusal: null, calls: { DescribeInstances: 1 } });
  });

  it('waits for instances that are not visible yet', async () => {
    const stage = createStage({ searches: [find(), find('r-1'), find('r-1', 'r-2')] });
    expect(await control(stage)).toEqual({ refusal: null, calls: { DescribeInstances: 3 } });
  });

  it.each([
    ['too few', ['r-1']],
    ['others', ['r-1', 'r-3']],
  ])('fails when the search still finds %s after the visibility lag', async (_what, ids) => {
    const clock = new StandingClock();
    const late = () => (clock.pass(VISIBILITY_LAG_MS + 1), find(...ids));
    const stage = createStage({ searches: [late] }, {}, clock);
    expect((await control(stage)).refusal).toMatchObject({
      class: 'unknown',
      code: 'control-failed',
      message: `the search for ${NAME} found ${ids.length} instances where 2 were bought`,
    });
  });

  it('is tried again when it cannot look', async () => {
    await expect(control(createStage({ searches: [failedAnswer()] }))).rejects.toMatchObject({
      type: 'LookUpFailed',
    });
  });
});
