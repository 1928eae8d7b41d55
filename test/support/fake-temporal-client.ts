import { defaultPayloadConverter } from '@temporalio/common';
import type { Client } from '@temporalio/client';

/** One run that the fake server knows. */
export interface FakeRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: string;
  readonly memo?: Readonly<Record<string, unknown>>;
  readonly searchAttributes?: Readonly<Record<string, readonly unknown[]>>;
  readonly input?: unknown;
  readonly result?: unknown;
}

/** How the fake server answers, beyond what its runs say. */
export interface FakeTemporalOptions {
  readonly runs?: readonly FakeRun[];
  /** Answers a query; may throw what the client library throws. */
  readonly onQuery?: () => unknown;
  /** Answers an update; may throw what the client library throws. */
  readonly onUpdate?: (name: string, input: unknown) => unknown;
  /** Whether the server answers at all. */
  readonly isReachable?: boolean;
}

/** A client over a server in memory, and what was started on it. */
export interface FakeTemporal {
  readonly client: Client;
  readonly started: { readonly workflowId: string; readonly options: Record<string, unknown> }[];
  readonly runs: FakeRun[];
}

/** An error as the client library throws it: known by its name, with a gRPC code as its cause. */
export function createTemporalError(name: string, cause?: object): Error {
  const error = new Error(`${name} of the fake`);
  error.name = name;
  return Object.assign(error, cause === undefined ? {} : { cause });
}

/** Builds the fake: ids are refused as the real server refuses them, by the reuse policy. */
export function createFakeTemporal(options: FakeTemporalOptions = {}): FakeTemporal {
  const runs = [...(options.runs ?? [])];
  const started: FakeTemporal['started'] = [];
  const workflow = {
    start: (_type: string, start: Record<string, unknown>) => {
      if (options.isReachable === false) throw createTemporalError('ServiceError', { code: 14 });
      const workflowId = String(start['workflowId']);
      const latest = findLatest(runs, workflowId);
      const isAllowed =
        start['workflowIdReusePolicy'] === 'ALLOW_DUPLICATE' && latest?.status !== 'RUNNING';
      if (latest !== undefined && !isAllowed) {
        throw createTemporalError('WorkflowExecutionAlreadyStartedError');
      }
      const runId = `run-${runs.length + 1}`;
      const input = (start['args'] as unknown[])[0];
      runs.push({
        workflowId,
        runId,
        status: 'RUNNING',
        memo: start['memo'] as Record<string, unknown>,
        input,
      });
      started.push({ workflowId, options: start });
      return Promise.resolve({ firstExecutionRunId: runId });
    },
    getHandle: (workflowId: string) => createHandle(options, () => findLatest(runs, workflowId)),
  };
  return { client: toClient(options, workflow, runs), started, runs };
}

function createHandle(options: FakeTemporalOptions, find: () => FakeRun | undefined): object {
  const run = (): FakeRun => {
    const found = find();
    if (found === undefined) throw createTemporalError('WorkflowNotFoundError');
    return found;
  };
  const later = async <Value>(work: () => Value): Promise<Awaited<Value>> => {
    await Promise.resolve();
    if (options.isReachable === false) throw createTemporalError('ServiceError', { code: 14 });
    return await work();
  };
  return {
    describe: () => later(() => toDescription(run())),
    query: () => later(() => (run(), options.onQuery?.())),
    result: () => later(() => toResult(run())),
    executeUpdate: (name: string, { args }: { args: unknown[] }) =>
      later(() => {
        // The real server answers for a closed run as for an unknown one.
        if (run().status !== 'RUNNING') throw createTemporalError('WorkflowNotFoundError');
        return options.onUpdate?.(name, args[0]);
      }),
  };
}

function toClient(options: FakeTemporalOptions, workflow: object, runs: FakeRun[]): Client {
  const workflowService = {
    getSystemInfo: () =>
      options.isReachable === false
        ? Promise.reject(createTemporalError('ServiceError', { code: 14 }))
        : Promise.resolve({}),
    getWorkflowExecutionHistory: ({ execution }: { execution: { runId: string } }) => {
      const run = runs.find(({ runId }) => runId === execution.runId);
      const payloads = [defaultPayloadConverter.toPayload(run?.input)];
      const attributes = { input: { payloads } };
      return Promise.resolve({
        history: { events: [{ workflowExecutionStartedEventAttributes: attributes }] },
      });
    },
  };
  const client = {
    workflow,
    workflowService,
    options: { namespace: 'default' },
    withDeadline: (_deadline: number, call: () => Promise<unknown>) => call(),
  };
  return client as unknown as Client;
}

function findLatest(runs: readonly FakeRun[], workflowId: string): FakeRun | undefined {
  return runs.filter((run) => run.workflowId === workflowId).at(-1);
}

function toDescription(run: FakeRun): object {
  const { workflowId, runId, status, memo, searchAttributes = {} } = run;
  const closeTime = status === 'RUNNING' ? {} : { closeTime: new Date(1_000) };
  const startTime = new Date(0);
  return {
    workflowId,
    runId,
    memo,
    searchAttributes,
    historyLength: 42,
    status: { name: status },
    startTime,
    ...closeTime,
  };
}

function toResult({ status, result }: FakeRun): unknown {
  if (status === 'COMPLETED') return result;
  throw createTemporalError('WorkflowFailedError', { message: 'somebody terminated it' });
}
