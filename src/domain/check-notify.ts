import type { SignalNotification } from './batch-request';
import { type CheckPlace, ObjectReader, type ObjectShape } from './check-object';
import { FREE_TEXT_RULE } from './check-texts';

const ENTRY_SHAPE: ObjectShape = {
  required: { signal: 'the workflow to tell, such as { workflowId: order-77, name: fleetReady }.' },
  optional: [],
  refused: { webhook: 'is not supported by this version; use signal, or poll the result.' },
};

const SIGNAL_SHAPE: ObjectShape = {
  required: {
    workflowId: 'the id of a workflow in the same namespace.',
    name: 'the name of the signal it handles.',
  },
  optional: [],
};

/** Checks one entry of `notify`. */
export function checkNotification(value: unknown, place: CheckPlace): SignalNotification {
  const entry = new ObjectReader(value, ENTRY_SHAPE, place);
  if (!entry.has('signal')) return { signal: { workflowId: '', name: '' } };
  const signal = new ObjectReader(entry.raw('signal'), SIGNAL_SHAPE, entry.below('signal'));
  return {
    signal: {
      workflowId: signal.text('workflowId', FREE_TEXT_RULE) ?? '',
      name: signal.text('name', FREE_TEXT_RULE) ?? '',
    },
  };
}
