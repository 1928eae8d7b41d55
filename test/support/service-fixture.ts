import { parse } from 'yaml';
import { checkBatchRequest } from '../../src/domain/check-batch-request';
import { hashRequest } from '../../src/domain/request-hash';
import type { ResultStore } from '../../src/outbound/result-store';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import type { Submission } from '../../src/service/submission';
import { createBatchService } from '../../src/service/batch-service';
import type { BatchService } from '../../src/service/batch-service';
import type { WatchEvent } from '../../src/service/watch-batch';
import { createFakeTemporal } from './fake-temporal-client';
import type { FakeRun, FakeTemporal, FakeTemporalOptions } from './fake-temporal-client';
import { createResultDocument } from './result-document';
import { createTempFolder } from './temp-folder';

/** The batch of the fixtures. */
export const KEY = { tenant: 'payments', batchId: 'sessions-2026-11' };
export const WORKFLOW_ID = 'batch/payments/sessions-2026-11';

/** A request for two instances, and another one under the same batch id. */
export const SUBMISSION = createSubmission(2);
export const OTHER_SUBMISSION = createSubmission(3);

/** The plan of {@link SUBMISSION}, as results keep it. */
export const FROZEN = {
  ...(createResultDocument().frozen as object),
  requestHash: hashRequest(SUBMISSION.request),
};

/** A service over a Temporal server in memory and a result store in a folder of its own. */
export interface ServiceFixture {
  readonly service: BatchService;
  readonly temporal: FakeTemporal;
  readonly store: ResultStore;
  /** Stores a final document of the batch. */
  storeResult(
    changes?: Parameters<typeof createResultDocument>[0],
  ): ReturnType<ResultStore['write']>;
}

/** Builds fixtures, and removes their folders after each test. */
export function useServiceFixtures(): (options?: FakeTemporalOptions) => ServiceFixture {
  const folders: { remove(): void }[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));
  return (options = {}) => {
    const folder = createTempFolder();
    folders.push(folder);
    const temporal = createFakeTemporal(options);
    const store = createFolderResultStore(folder.path);
    return {
      service: createBatchService({ client: temporal.client, resultStore: store }),
      temporal,
      store,
      storeResult: (changes = {}) =>
        store.write(createResultDocument({ frozen: FROZEN, ...changes }), []),
    };
  };
}

/** A run of the batch, open unless a test wants it otherwise. */
export function createRun(changes: Partial<FakeRun> = {}): FakeRun {
  return { workflowId: WORKFLOW_ID, runId: 'run-1', status: 'RUNNING', ...changes };
}

/** All events of a watch. */
export async function collect(events: AsyncIterable<WatchEvent>): Promise<WatchEvent[]> {
  const all: WatchEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function createSubmission(count: number): Submission {
  const document: unknown = parse(`
apiVersion: tairfleet/v1
batchId: sessions-2026-11
tenant: payments
groups:
  - name: sessions
    count: ${count}
    spec: { instanceClass: redis.master.small.default, engineVersion: "5.0", chargeType: PostPaid }
    placements:
      - { region: cn-hangzhou, zone: cn-hangzhou-h, vpcId: vpc-1, vSwitchId: vsw-1 }
`);
  const checked = checkBatchRequest(document);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return { document, request: checked.request };
}
