import type { FrozenPlan } from '../../../src/domain/frozen-plan';
import {
  FROZEN,
  OTHER_SUBMISSION,
  SUBMISSION,
  WORKFLOW_ID,
  createRun,
  useServiceFixtures,
} from '../../support/service-fixture';
import type { ServiceFixture } from '../../support/service-fixture';

const create = useServiceFixtures();
let fixture: ServiceFixture;
beforeEach(() => void (fixture = create()));

describe('apply', () => {
  it('starts a batch under an id that nobody can use a second time', async () => {
    const applied = await fixture.service.apply(SUBMISSION);
    expect(applied).toMatchObject({ ok: true, value: { kind: 'started', runId: 'run-1' } });
    expect(fixture.temporal.started).toMatchObject([
      {
        workflowId: WORKFLOW_ID,
        options: {
          taskQueue: 'tairfleet',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          staticSummary: '2 instances for payments: sessions-2026-11',
          args: [{ request: SUBMISSION.document }],
        },
      },
    ]);
  });

  it('finds the same batch when the same request is submitted again', async () => {
    await fixture.service.apply(SUBMISSION);
    const again = await fixture.service.apply(SUBMISSION);
    expect(again).toMatchObject({
      ok: true,
      value: { kind: 'attached', run: { runId: 'run-1' } },
    });
    expect(fixture.temporal.started).toHaveLength(1);
  });

  it('refuses another request under the same id', async () => {
    await fixture.service.apply(SUBMISSION);
    expect(await fixture.service.apply(OTHER_SUBMISSION)).toMatchObject({
      ok: false,
      code: 'conflict',
    });
    expect(fixture.temporal.started).toHaveLength(1);
  });

  it('knows where the two requests differ, from what the run was started with', async () => {
    await fixture.service.apply(SUBMISSION);
    const differences = [{ path: ['groups', 'sessions', 'count'], before: 2, now: 3 }];
    expect(await fixture.service.apply(OTHER_SUBMISSION)).toMatchObject({ differences });
    expect(await fixture.service.find(OTHER_SUBMISSION)).toMatchObject({ differences });
  });

  it('starts the first run with the plan of a saved plan', async () => {
    const frozen = { ...FROZEN, naming: 'shared' } as FrozenPlan;
    await fixture.service.apply({ ...SUBMISSION, frozen });
    expect(fixture.temporal.started).toMatchObject([
      { options: { args: [{ request: SUBMISSION.document, frozen }] } },
    ]);
  });

  it('finds nothing before the first submission, and starts nothing by looking', async () => {
    expect(await fixture.service.find(SUBMISSION)).toMatchObject({ code: 'not-found' });
    await fixture.service.apply(SUBMISSION);
    expect(await fixture.service.find(SUBMISSION)).toMatchObject({ value: { kind: 'attached' } });
    expect(fixture.temporal.started).toHaveLength(1);
  });

  it('compares with the input of a run that was started elsewhere and has no memo', async () => {
    fixture = create({ runs: [createRun({ input: SUBMISSION.document })] });
    expect(await fixture.service.apply(SUBMISSION)).toMatchObject({ value: { kind: 'attached' } });
    expect(await fixture.service.apply(OTHER_SUBMISSION)).toMatchObject({ code: 'conflict' });
  });

  it('does not buy again when only the result store remembers the batch', async () => {
    await fixture.storeResult();
    const applied = await fixture.service.apply(SUBMISSION);
    expect(applied).toMatchObject({ ok: true, value: { kind: 'attached-to-result' } });
    expect(await fixture.service.apply(OTHER_SUBMISSION)).toMatchObject({
      ok: false,
      code: 'conflict',
    });
    expect(fixture.temporal.started).toHaveLength(0);
  });

  it('says so when the server does not answer, and buys nothing on the word of the store', async () => {
    fixture = create({ isReachable: false });
    expect(await fixture.service.apply(SUBMISSION)).toMatchObject({ ok: false, code: 'no-server' });
    await fixture.storeResult();
    expect(await fixture.service.apply(SUBMISSION)).toMatchObject({ ok: false, code: 'no-server' });
  });
});
