import type { Instance } from '../instance';
import { readNumbered } from '../protocol/numbered-parameters';
import { getParameter } from '../protocol/parameters';
import { createInvalid } from '../refusal';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { optionals } from './action-parameters';
import { matchesTags, readTagFilters } from './tag-parameters';
import type { TagFilter } from './tag-parameters';
import { checkTagCall, createMissingTagOrResource, TAG_CALL_PARAMETERS } from './tagged-resources';

/** Tags a page; the page of the operation gives no number, and its calls have no size parameter. */
const PAGE_SIZE = 100;

const TOKEN_PATTERN = /^page-(\d{1,9})$/;

/**
 * ListTagResources: the tags of the named instances, or of all that have the named tags. An id that
 * does not exist is absent from the list. The answer has a `NextToken` until the last page.
 */
export const listTagResourcesAction: Action = {
  name: 'ListTagResources',
  product: KVSTORE,
  source: 'sdk',
  parameters: [...TAG_CALL_PARAMETERS, ...optionals('Tag.N.Key', 'Tag.N.Value', 'NextToken')],
  run,
};

function run(call: ActionCall): ActionResult {
  const { parameters } = call;
  const refusal = checkTagCall(parameters);
  if (refusal !== undefined) return refusal;
  const ids = readNumbered(parameters, 'ResourceId');
  const filters = readTagFilters(parameters);
  if (ids.length === 0 && filters.length === 0) return createMissingTagOrResource();
  const start = readStart(getParameter(parameters, 'NextToken'));
  if (start === undefined) return createInvalid('InvalidParameter.NextToken', 'NextToken');
  const lines = findInstances(call, ids, filters).flatMap(toLines);
  const end = start + PAGE_SIZE;
  return createPlainAnswer({
    NextToken: end < lines.length ? `page-${end}` : '',
    TagResources: { TagResource: lines.slice(start, end) },
  });
}

function readStart(token: string | undefined): number | undefined {
  if (token === undefined) return 0;
  const [, digits] = TOKEN_PATTERN.exec(token) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function findInstances(
  { account, parameters, state }: ActionCall,
  ids: readonly string[],
  filters: readonly TagFilter[],
): Instance[] {
  const regionId = getParameter(parameters, 'RegionId');
  const candidates =
    ids.length === 0
      ? [...state.store.listLiving()]
      : [...new Set(ids)].flatMap((id) => state.store.find(id) ?? []);
  return candidates.filter(
    ({ spec, settings }) =>
      spec.accountId === account.accountId &&
      spec.regionId === regionId &&
      matchesTags(settings.tags, filters),
  );
}

function toLines({ id, settings }: Instance): object[] {
  return [...settings.tags].map(([key, value]) => ({
    ResourceId: id,
    ResourceType: 'INSTANCE',
    TagKey: key,
    TagValue: value,
  }));
}
