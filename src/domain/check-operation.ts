import { DERIVED_ID_RULE, ID_RULE } from './check-texts';
import { ObjectReader, type ObjectShape } from './check-object';
import type { Problem } from './problem';

/** Operations whose input somebody may type by hand into the form of Temporal's UI. */
export type OperationName = 'releaseBatch' | 'reconcileBatch' | 'sweepOrphans';

const KEY = {
  tenant: 'the tenant of the batch, such as tenant: default.',
  batchId: 'the id of the batch.',
};
const NOTE = ['by', 'why', 'ticket'];

/** Whole numbers that only have to be numbers; what they stand for is looked up later. */
const ANY_COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER };

const SHAPES: Readonly<Record<OperationName, ObjectShape>> = {
  releaseBatch: {
    required: {
      ...KEY,
      generation: 'the generation of the result that was looked at.',
      revision: 'the revision of the result that was looked at.',
    },
    optional: NOTE,
  },
  reconcileBatch: {
    required: { ...KEY, action: 'action: report.' },
    optional: ['request', ...NOTE],
  },
  sweepOrphans: {
    required: {
      ...KEY,
      generation: 'generation: null for the latest one.',
      afterMs: 'when to look, such as afterMs: [0] for at once.',
      scope: 'scope: null, and the result says where to look.',
    },
    optional: ['isCountEnough', ...NOTE],
  },
};

const CHECKS: Readonly<Record<OperationName, (reader: ObjectReader) => void>> = {
  releaseBatch: (reader) => {
    reader.integer('generation', ANY_COUNT);
    reader.integer('revision', ANY_COUNT);
  },
  reconcileBatch: (reader) => {
    reader.choice('action', ['report', 'adopt', 'deleteOrphans', 'writeMissing']);
  },
  sweepOrphans: (reader) => {
    if (reader.raw('generation') !== null) reader.integer('generation', ANY_COUNT);
    reader.flag('isCountEnough');
    checkTimes(reader);
    checkScope(reader);
  },
};

/**
 * Checks the input of an operation, so that a slip ends it at once and says why. Without that its
 * workflow would stumble over what is missing, again and again, and tell nobody.
 *
 * @returns what is wrong; empty when it can be worked with
 */
export function listOperationProblems(name: OperationName, input: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const reader = new ObjectReader(input ?? null, SHAPES[name], { path: [], problems });
  if (!reader.isObject) return problems;
  reader.text('tenant', ID_RULE);
  reader.text('batchId', DERIVED_ID_RULE);
  for (const key of NOTE) reader.text(key, NOTE_RULE);
  CHECKS[name](reader);
  return problems;
}

const NOTE_RULE = { pattern: /^[^]{0,500}$/, description: 'at most 500 characters' };

function checkTimes(reader: ObjectReader): void {
  const times = reader.list('afterMs', { min: 1, max: 10 });
  if (times.every((timeMs) => Number.isSafeInteger(timeMs) && (timeMs as number) >= 0)) return;
  reader.report('afterMs', 'wrong-type', 'must list whole milliseconds, such as [0].');
}

function checkScope(reader: ObjectReader): void {
  const scope = reader.raw('scope');
  if (scope === undefined || scope === null) return;
  const shape = {
    required: { requestHash: 'null instead of a scope.' },
    optional: ['places', 'notify'],
  };
  const inner = new ObjectReader(scope, shape, reader.below('scope'));
  for (const key of ['places', 'notify']) inner.list(key, { min: 0, max: 10_000 });
}
