import { defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import type { ActionAnswer, ActionNote } from '../contract/messages';
import { PROGRESS_QUERY, SHARD_SIGNALS } from '../contract/names';
import type { ShardReport } from '../contract/shard-report';
import type { BatchProgress } from '../domain/progress';
import { checkNote } from './action-note';
import type { BatchLife } from './batch-life';
import { OPERATOR_ACTIONS, type OperatorAction } from './operator-actions';

const progressQuery = defineQuery<BatchProgress>(PROGRESS_QUERY);
const reportSignal = defineSignal<[ShardReport]>(SHARD_SIGNALS.report);

/** Registers what operators can ask and order; their descriptions stand in the Temporal UI. */
export function handleMessages(batch: BatchLife): void {
  setHandler(progressQuery, () => batch.toProgress(), {
    description: 'How far the batch is, what it waits for, and what needs a person.',
  });
  setHandler(reportSignal, (report) => batch.takeReport(report), {
    description: 'From the shards of this batch; not for people.',
  });
  for (const [name, action] of Object.entries(OPERATOR_ACTIONS)) {
    handleAction(batch, name, action as OperatorAction<ActionNote>);
  }
}

/** The Temporal UI sends what was typed, or nothing at all. */
function handleAction(batch: BatchLife, name: string, action: OperatorAction<ActionNote>): void {
  const update = defineUpdate<ActionAnswer, [ActionNote | null | undefined]>(name);
  setHandler(update, (input) => action.order(batch, input ?? {}), {
    validator: (input) => {
      checkNote(input);
      action.check(batch, input ?? {});
    },
    description: action.description,
  });
}
