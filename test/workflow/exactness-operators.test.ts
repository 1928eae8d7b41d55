import type { temporal } from '@temporalio/proto';
import type { ResultDocument } from '../../src/domain/result';
import { createActivityButtons, type ActivityButtons } from '../support/activity-buttons';
import { startFleet, type Fleet } from '../support/fleet';
import { expectExactly, startScenario, type Scenario } from '../support/scenario';
import { waitFor } from '../support/wait-for';
import { about } from '../support/side-by-side';

/** The buttons of the Temporal UI, on a create that has bought and on a batch that has ended. */

/** One chunk: its create is the only one there is. */
const SLOTS = 10;

/** Its answer comes when a heartbeat has long told the worker what the operator did. */
const SLOW_ANSWER = [{ kind: 'delay', when: 'after', delayMs: 3_000, count: 1 }];

/**
 * Two calls that never arrive and one that buys: two seconds of back-off follow. Whoever then takes the
 * next attempt for the first one believes the refusal, and buys again under the next token.
 */
const BOUGHT_IN_DOUBT = [
  { kind: 'status', status: 503, count: 2 },
  { kind: 'drop', when: 'after', count: 1 },
  { kind: 'refuse', code: 'QuotaExceed.AfterpayInstance', status: 400, count: 1 },
];

/** Long enough to buy, also on a busy machine. */
const DEADLINE = '20s';
const DEADLINE_MS = 20_000;

/** The attempt that waits in that back-off. */
const NEXT_ATTEMPT = 4;

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({ dependencies: { callTimeoutMs: 8_000 } });
});
afterAll(() => fleet.close());

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

interface Create extends Scenario {
  readonly buttons: ActivityButtons;
}

async function startCreate(group: string, faults: readonly object[]): Promise<Create> {
  const scenario = await startScenario(fleet, group, { count: SLOTS, faults });
  const { workflowId } = scenario.batch;
  const buttons = createActivityButtons(fleet.client, workflowId, 'createChunk');
  return { ...scenario, buttons };
}

about('a create whose call is open and has bought', (it) => {
  it.each([
    ['reset', 'reset', (buttons: ActivityButtons) => buttons.reset()],
    ['paused', 'pause', (buttons: ActivityButtons) => buttons.pause()],
  ])('and that is %s waits for its answer, which counts', async (_what, group, press) => {
    const create = await startCreate(`${group}-open`, SLOW_ANSWER);
    await waitFor(create.listLiving, (living) => living.length === SLOTS);
    await create.buttons.until(({ isRunning }) => isRunning);
    await press(create.buttons);
    await expectExactly(create, await create.batch.result(), SLOTS);
    expect(await create.listCreates()).toHaveLength(1);
  });
});

about('a create in back-off that may have bought', (it) => {
  const startDoubtful = async (group: string): Promise<Create> => {
    const create = await startCreate(group, BOUGHT_IN_DOUBT);
    await create.buttons.until(
      ({ attempt, isScheduled }) => attempt === NEXT_ATTEMPT && isScheduled,
    );
    return create;
  };

  it('and that is reset is no first attempt, whatever its number says', async () => {
    const create = await startDoubtful('reset-backoff');
    await create.buttons.reset();
    await expectExactly(create, await create.batch.result(), SLOTS);
    expect(await create.countTokens()).toBe(1);
  });

  it.each([
    ['with its attempts', 'keep', false],
    ['with its attempts set back', 'setback', true],
  ])(
    'sends nothing while it is paused, and looks when it goes on %s',
    async (_how, group, isReset) => {
      const create = await startDoubtful(`pause-${group}`);
      await create.buttons.pause();
      await create.buttons.until(({ isPaused }) => isPaused);
      const calls = (await create.listCreates()).length;
      await create.buttons.unpause(isReset);
      await expectExactly(create, await create.batch.result(), SLOTS);
      expect(await create.listCreates()).toHaveLength(calls);
      expect(await create.countTokens()).toBe(1);
    },
  );

  it('and whose budget an operator ends is settled', async () => {
    const create = await startDoubtful('budget');
    await create.buttons.setBudget(1_000);
    await expectExactly(create, await create.batch.result(), SLOTS);
    expect(await create.countTokens()).toBe(1);
  });
});

about('a batch that has ended', (it) => {
  it('and is reset to its beginning buys nothing, and revises its document', async () => {
    const scenario = await startScenario(fleet, 'ended');
    const { batch } = scenario;
    await batch.result();
    const calls = (await scenario.listCreates()).length;
    const handle = fleet.client.workflow.getHandle(batch.workflowId, await resetToStart(batch));
    const document = (await handle.result()) as ResultDocument;
    await expectExactly(scenario, document);
    expect(document).toMatchObject({ generation: 0, revision: 1 });
    expect(await scenario.listCreates()).toHaveLength(calls);
  });

  it('and is reset to where its deadline gives up what it bought finds that, and lists no orphan', async () => {
    const scenario = await startScenario(fleet, 'overdue', { policy: { deadline: DEADLINE } });
    const { batch } = scenario;
    const { startedAt } = await batch.result();
    await waitFor(async () => Date.now() > Date.parse(startedAt) + DEADLINE_MS, Boolean);
    const calls = (await scenario.listCreates()).length;
    const handle = fleet.client.workflow.getHandle(
      batch.workflowId,
      await resetAfter(batch, isProven),
    );
    await expectExactly(scenario, (await handle.result()) as ResultDocument);
    expect(await scenario.listCreates()).toHaveLength(calls);
  });
});

/** Whether the run has just learned that nothing was bought before it. */
function isProven(
  { activityTaskCompletedEventAttributes }: HistoryEvent,
  all: HistoryEvent[],
): boolean {
  const scheduledId = activityTaskCompletedEventAttributes?.scheduledEventId;
  const scheduled = all.find(({ eventId }) => String(eventId) === String(scheduledId));
  return scheduled?.activityTaskScheduledEventAttributes?.activityType?.name === 'prove';
}

/** Resets a run to its first task: everything it knew is gone. */
function resetToStart(batch: Scenario['batch']): Promise<string> {
  return resetAfter(batch, () => true);
}

/** Resets a run to the first task that ends when this event is there. */
async function resetAfter(
  { workflowId, runId }: Scenario['batch'],
  isAwaited: (event: HistoryEvent, all: HistoryEvent[]) => boolean,
): Promise<string> {
  const { client } = fleet;
  const { events = [] } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const all = events ?? [];
  const from = all.findIndex((event) => isAwaited(event, all));
  const task = all.slice(from).find((event) => event.workflowTaskCompletedEventAttributes != null);
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId, runId },
    reason: 'a test',
    workflowTaskFinishEventId: task?.eventId ?? null,
    requestId: `${runId}-reset`,
  });
  return answer.runId;
}
