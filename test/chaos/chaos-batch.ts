import {
  WorkflowFailedError,
  Client,
  type Connection,
  type WorkflowHandle,
} from '@temporalio/client';
import { MAIN_QUEUE, PROGRESS_QUERY, PROVISION_BATCH, UPDATES } from '../../src/contract/names';
import { toWorkflowId } from '../../src/contract/workflow-id';
import type { ResultDocument } from '../../src/domain/result';
import { createTestRequest } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** Longest life of a batch on a busy machine, ms. */
const BATCH_TIMEOUT_MS = 240_000;

/** Longest wait for the end after the last fault, ms: below the time limit of a test. */
const END_TIMEOUT_MS = 120_000;

/** Longest wait for the answer of a server that may be down, ms. */
const CALL_DEADLINE_MS = 5_000;

/** One batch id for every scene: no scene knows of another one. */
export const BATCH_KEY = { tenant: 'default', batchId: 'chaos' };

/** The batch of a scene, asked about over a server that comes and goes. */
export class ChaosBatch {
  constructor(private readonly connection: Connection) {}

  /** Orders so many instances, of one group. */
  async submit(slots: number, group: object): Promise<void> {
    const { groups } = createTestRequest(slots, group);
    const { batchId } = BATCH_KEY;
    await new Client({ connection: this.connection }).workflow.start(PROVISION_BATCH, {
      workflowId: this.toWorkflowId(),
      taskQueue: MAIN_QUEUE,
      workflowExecutionTimeout: BATCH_TIMEOUT_MS,
      // How soon the server gives the dead worker's task to the next one; 10 s by default.
      workflowTaskTimeout: 3_000,
      args: [{ request: { apiVersion: 'tairfleet/v1', batchId, groups } }],
    });
  }

  /** Whether it has come to its end; false as well when the server cannot say. */
  async isOver(): Promise<boolean> {
    const describe = async () => (await this.toHandle().describe()).status.name !== 'RUNNING';
    return this.ask(describe).catch(() => false);
  }

  /** Waits until the server knows so many answers of activities of one type. */
  untilActivitiesDone(type: string, count: number): Promise<number> {
    const countDone = async () => {
      const { events = [] } = await this.toHandle().fetchHistory();
      const scheduled = new Set(
        (events ?? [])
          .filter(
            (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === type,
          )
          .map(({ eventId }) => String(eventId)),
      );
      return (events ?? []).filter(({ activityTaskCompletedEventAttributes: done }) =>
        scheduled.has(String(done?.scheduledEventId)),
      ).length;
    };
    return waitFor(
      () => this.ask(countDone).catch(() => 0),
      (done) => done >= count,
      END_TIMEOUT_MS,
    );
  }

  /** Cancels it as an operator would, unless it is over before. */
  async cancel(): Promise<void> {
    const send = async () => {
      await this.ask(() => this.toHandle().executeUpdate(UPDATES.cancel, { args: [{}] }));
      return true;
    };
    await waitFor(
      async () => (await this.isOver()) || send().catch(() => false),
      (isDone) => isDone,
      BATCH_TIMEOUT_MS,
    );
  }

  /** Waits for its end, over all that may happen to the server. */
  async untilResult(): Promise<ResultDocument> {
    const seen = await waitFor(
      async () => (await this.askForResult()) ?? (await this.askForProgress()),
      (last) => 'document' in last,
      END_TIMEOUT_MS,
    );
    if ('document' in seen) return seen.document;
    throw new Error('the batch has no result');
  }

  private async askForResult(): Promise<{ readonly document: ResultDocument } | null> {
    try {
      const document = await this.ask(() => this.toHandle().result() as Promise<ResultDocument>);
      return { document };
    } catch (error) {
      if (error instanceof WorkflowFailedError) throw error;
      return null;
    }
  }

  /** Told when the end does not come. */
  private async askForProgress(): Promise<{ readonly progress: unknown }> {
    const progress = await this.ask(() => this.toHandle().query(PROGRESS_QUERY)).catch(String);
    return { progress };
  }

  /** A server that is down does not answer; one that is up does at once. */
  private ask<T>(question: () => Promise<T>): Promise<T> {
    return this.connection.withDeadline(Date.now() + CALL_DEADLINE_MS, question);
  }

  private toHandle(): WorkflowHandle {
    return new Client({ connection: this.connection }).workflow.getHandle(this.toWorkflowId());
  }

  private toWorkflowId(): string {
    return toWorkflowId(BATCH_KEY.tenant, BATCH_KEY.batchId);
  }
}
