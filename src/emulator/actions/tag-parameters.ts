import { readNumberedPairs } from '../protocol/numbered-parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';

/** TagResources page: at most 20 tags in a call, and on an instance. */
export const TAGS_MAX = 20;

/** The lengths that the tags of all products share; this product's page gives none. */
const KEY_LENGTH_MAX = 128;
const VALUE_LENGTH_MAX = 128;

/** Kept for the cloud's own tags. */
const RESERVED_KEY_PATTERN = /^(aliyun|acs:)|https?:\/\//i;

/** Reads `Tag.N.Key` and `Tag.N.Value`; a tag without a value has the empty one. */
export function readTags(parameters: Parameters): ReadonlyMap<string, string> | Refusal {
  const pairs = readNumberedPairs(parameters, 'Tag');
  if (pairs.length > TAGS_MAX) {
    return createRefusal(400, 'NumberExceed.Tags', 'The maximum number of Tags is exceeded.');
  }
  const tags = new Map<string, string>();
  for (const { key, value = '' } of pairs) {
    if (key === '' || key.length > KEY_LENGTH_MAX || RESERVED_KEY_PATTERN.test(key)) {
      return createInvalid('InvalidTagKey.Malformed', 'Tag.Key');
    }
    if (value.length > VALUE_LENGTH_MAX || /https?:\/\//i.test(value)) {
      return createInvalid('InvalidTagValue.Malformed', 'Tag.Value');
    }
    if (tags.has(key)) {
      return createRefusal(400, 'Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.');
    }
    tags.set(key, value);
  }
  return tags;
}

/** One `Tag.N` of a filter: instances with this key, and with this value when one is given. */
export interface TagFilter {
  readonly key: string;
  readonly value: string | undefined;
}

/** Reads `Tag.N` as a filter. Pairs without a key ask for nothing. */
export function readTagFilters(parameters: Parameters): readonly TagFilter[] {
  return readNumberedPairs(parameters, 'Tag').filter(({ key }) => key !== '');
}

/** True when the tags satisfy all filters. */
export function matchesTags(
  tags: ReadonlyMap<string, string>,
  filters: readonly TagFilter[],
): boolean {
  return filters.every(
    ({ key, value }) => tags.has(key) && (value === undefined || tags.get(key) === value),
  );
}
