import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import {
  createCloudActivities,
  createMainActivities,
  createWaitActivities,
} from '../../src/activities/create-activities';
import { UPDATES } from '../../src/contract/names';
import { readText } from '../support/repository';
import { removePromiseHook } from '../support/workflow-threads';

/**
 * A batch that was started by this or an earlier version must be understood by today's workflow
 * code, or it stops in the middle with everything it has bought. After an intended change of
 * unreleased code, record again: `npm run fixtures`.
 */

const FOLDER = join(__dirname, 'histories');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const { version } = JSON.parse(readText('package.json')) as { version: string };

interface HistoryJson {
  readonly events: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
}

// Mismatches are wanted here, and are no news.
beforeAll(() =>
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF' } },
  }),
);

afterAll(removePromiseHook);

describe('a recorded batch', () => {
  it.each(FILES)('%s is replayed by the workflow code of today', async (name) => {
    await expect(replay(readHistory(name))).resolves.toBeUndefined();
  });

  it('is there for every scenario of this version, with what it was recorded with', () => {
    const scenarios = FILES.map((name) => name.slice(version.length + 1, -'.json'.length));
    expect(scenarios).toEqual(
      expect.arrayContaining([
        ...['demo-batch', 'park-and-retry', 'pause-and-cancel', 'notify-receiver', 'follow-ups'],
        'settings',
        ...['approve-skip-release', 'caps', 'reject', 'replace-failed', 'settle-and-adopt'],
        ...['reconcile-batch', 'release-batch', 'sweep-orphans', 'preflight-batch', 'check-worker'],
        ...['large-batch-root-0', 'large-batch-root-1', 'large-batch-shard-0'],
        ...['large-batch-shard-1', 'continued-in-place-root-0', 'continued-in-place-root-1'],
      ]),
    );
    const makers = JSON.parse(readText('test/replay/recorded-with.json')) as object;
    expect(makers).toHaveProperty([version], {
      sdk: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
      server: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
    });
  });

  it.each(FILES)('%s says nothing of the machine that recorded it', (name) => {
    expect(readFileSync(join(FOLDER, name), 'utf8')).not.toMatch(/(\(|at )\/\w/);
  });

  it('runs every activity and every update, so that none is left unreplayed', () => {
    const recorded = FILES.filter((name) => name.startsWith(version)).map(readHistory);
    const events = recorded.flatMap((history) => history.events);
    expect(new Set(events.flatMap(listActivities))).toEqual(new Set(listActivityNames()));
    expect(new Set(events.flatMap(listUpdates))).toEqual(new Set(Object.values(UPDATES)));
  });
});

describe('a change that running batches would not survive', () => {
  it.each([
    ['an activity with another name', '"name":"prove"', '"name":"proof"'],
    ['another activity in its place', '"name":"audit"', '"name":"finish"'],
  ])('is noticed: %s', async (_what, recorded, changed) => {
    const text = JSON.stringify(readHistory(`${version}-demo-batch.json`));
    expect(text).toContain(recorded);
    const altered = JSON.parse(text.replaceAll(recorded, changed)) as HistoryJson;
    await expect(replay(altered)).rejects.toThrow(DeterminismViolationError);
  });

  it('is noticed: a command of another kind', async () => {
    const { events } = readHistory(`${version}-demo-batch.json`);
    const first = events.findIndex((event) => listActivities(event).includes('control'));
    const altered = events.map((event, at) => (at === first ? toTimerStarted(event) : event));
    await expect(replay({ events: altered })).rejects.toThrow(DeterminismViolationError);
  });
});

/** The same event, as if the workflow had started a timer then. */
function toTimerStarted(event: HistoryJson['events'][number]): HistoryJson['events'][number] {
  const { activityTaskScheduledEventAttributes: activity, ...rest } = event;
  const workflowTaskCompletedEventId = activity?.['workflowTaskCompletedEventId'];
  return {
    ...rest,
    eventType: 'EVENT_TYPE_TIMER_STARTED' as never,
    timerStartedEventAttributes: {
      timerId: '99',
      startToFireTimeout: '5s',
      workflowTaskCompletedEventId,
    },
  };
}

function replay(history: HistoryJson): Promise<void> {
  const codePath = process.env['TAIRFLEET_TEST_BUNDLE'];
  if (!codePath) throw new Error('run this by npm test, which makes the bundle');
  const started = history.events[0]?.['workflowExecutionStartedEventAttributes'];
  const workflowId = String(started?.['workflowId']);
  return Worker.runReplayHistory(
    { workflowBundle: { codePath } },
    structuredClone(history),
    workflowId,
  );
}

function readHistory(name: string): HistoryJson {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as HistoryJson;
}

function listActivities(event: HistoryJson['events'][number]): string[] {
  const type = event['activityTaskScheduledEventAttributes']?.['activityType'];
  return type === undefined ? [] : [(type as { name: string }).name];
}

function listUpdates(event: HistoryJson['events'][number]): string[] {
  const accepted = event['workflowExecutionUpdateAcceptedEventAttributes']?.['acceptedRequest'];
  return accepted === undefined ? [] : [(accepted as { input: { name: string } }).input.name];
}

/** What the worker offers; only the names are wanted, so nothing is wired. */
function listActivityNames(): string[] {
  const dependencies = { clock: {}, settle: {} } as ActivityDependencies;
  return [createMainActivities, createCloudActivities, createWaitActivities].flatMap((create) =>
    Object.keys(create(dependencies)),
  );
}
