import {
  API_VERSION,
  type BatchRequest,
  countSlots,
  type Group,
  REQUEST_DEFAULTS,
} from './batch-request';
import { checkGroup } from './check-group';
import { checkNotification } from './check-notify';
import { ObjectReader, type ObjectShape } from './check-object';
import { checkPolicy } from './check-policy';
import { checkRebuilds } from './check-rebuilds';
import { DERIVED_ID_RULE, ID_RULE } from './check-texts';
import { LIMITS } from './limits';
import type { Problem } from './problem';

/** What a check found: the request with its defaults, or everything that is wrong. */
export type CheckedBatchRequest =
  | { readonly ok: true; readonly request: BatchRequest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What the document itself does not say. */
export interface CheckOptions {
  /** Batch id for a document without one: from the workflow id or an HTTP header. */
  readonly fallbackBatchId?: string;
}

const BATCH_ID_HINT = 'a name that this order keeps for ever, such as sessions-2026-11.';

/** Keys of a batch request. */
export const REQUEST_SHAPE: ObjectShape = {
  required: {
    apiVersion: `apiVersion: ${API_VERSION}.`,
    groups: 'a list of groups, each with name, count, spec and placements.',
  },
  optional: ['batchId', 'account', 'tenant', 'policy', 'notify'],
};

/**
 * Turns a submitted document into a batch request with all its defaults, or into the list of all that
 * is wrong with it. Pure, and never throws on a value that came out of YAML or JSON.
 */
export function checkBatchRequest(input: unknown, options: CheckOptions = {}): CheckedBatchRequest {
  const problems: Problem[] = [];
  const reader = new ObjectReader(input ?? null, REQUEST_SHAPE, { path: [], problems });
  if (!reader.isObject) return { ok: false, problems };
  const request = readRequest(reader, options);
  checkNames(reader, request.groups);
  checkRebuilds(request.groups, reader.below('groups'));
  checkTotals(reader, request);
  return problems.length === 0 ? { ok: true, request } : { ok: false, problems };
}

function readRequest(reader: ObjectReader, options: CheckOptions): BatchRequest {
  reader.choice('apiVersion', [API_VERSION]);
  const batchId = readBatchId(reader, options.fallbackBatchId);
  const account = reader.text('account', ID_RULE);
  const tenant = reader.text('tenant', ID_RULE) ?? REQUEST_DEFAULTS.tenant;
  const groups = reader
    .list('groups', { min: 1, max: LIMITS.groupsMax })
    .map((group, index) => checkGroup(group, reader.below('groups', index)));
  const policy = checkPolicy(reader.raw('policy'), groups, reader.below('policy'));
  const notify = reader
    .list('notify', { min: 0, max: LIMITS.notificationsMax })
    .map((entry, index) => checkNotification(entry, reader.below('notify', index)));
  return {
    apiVersion: API_VERSION,
    batchId,
    ...(account === undefined ? {} : { account }),
    tenant,
    groups,
    policy,
    notify,
  };
}

function readBatchId(reader: ObjectReader, fallback: string | undefined): string {
  if (reader.has('batchId')) return reader.text('batchId', ID_RULE) ?? '';
  if (fallback === undefined) {
    reader.report('batchId', 'missing', `is missing; write ${BATCH_ID_HINT}`);
  } else if (!DERIVED_ID_RULE.pattern.test(fallback)) {
    reader.report('batchId', 'not-allowed', `must be ${DERIVED_ID_RULE.description}.`);
  }
  return fallback ?? '';
}

function checkNames(reader: ObjectReader, groups: readonly Group[]): void {
  const seen = new Map<string, number>();
  groups.forEach(({ name }, index) => {
    if (name === '') return;
    const twin = seen.get(name);
    if (twin === undefined) seen.set(name, index);
    else {
      const { path, problems } = reader.below('groups', index, 'name');
      const message = `is also the name of groups[${twin}]; names must differ within a batch.`;
      problems.push({ path, code: 'duplicate', message });
    }
  });
}

function checkTotals(reader: ObjectReader, request: BatchRequest): void {
  const slots = countSlots(request);
  if (slots > LIMITS.slotsMax) {
    const message = `ask for ${slots} instances together; a batch has at most ${LIMITS.slotsMax}.`;
    reader.report('groups', 'out-of-range', message);
  }
  const length = JSON.stringify(request).length;
  if (length > LIMITS.requestLengthMax) {
    const message = `make ${length} characters of JSON; use more batches of at most ${LIMITS.requestLengthMax}.`;
    reader.report('groups', 'out-of-range', message);
  }
}
