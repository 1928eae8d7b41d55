import type { CreateCall, DescribeQuery, SearchQuery } from './port';

/** Parameters of a call as they go over the wire, without those of the signature. */
export type RpcParameters = Readonly<Record<string, string>>;

/** `InstanceIds` of DescribeInstances takes at most 30 (its page, 2025). */
export const IDS_PER_CALL_MAX = 30;

/** Largest page of DescribeInstances (its page, 2025). */
export const PAGE_SIZE_MAX = 50;

/** The frozen body with its token: nothing is added, and nothing is left out. */
export function toCreateParameters({ body, token }: CreateCall): RpcParameters {
  return { ...body, Token: token };
}

/**
 * Parameters that look for ids. The engine is always sent, since its default hides Memcache.
 *
 * @throws RangeError for no id, or for more than {@link IDS_PER_CALL_MAX}: a bug of the caller
 */
export function toDescribeParameters({ ids, region, engine }: DescribeQuery): RpcParameters {
  if (ids.length === 0 || ids.length > IDS_PER_CALL_MAX) {
    throw new RangeError(`describeInstances takes 1 to ${IDS_PER_CALL_MAX} ids, got ${ids.length}`);
  }
  return {
    RegionId: region,
    InstanceType: engine,
    InstanceIds: ids.join(','),
    PageSize: String(PAGE_SIZE_MAX),
    PageNumber: '1',
  };
}

/**
 * Parameters of one page of a search by name.
 *
 * @throws RangeError for an empty name tag, which would find every instance: a bug of the caller
 */
export function toSearchParameters(
  { nameTag, region, engine }: SearchQuery,
  page: { readonly number: number; readonly size: number },
): RpcParameters {
  if (nameTag === '') throw new RangeError('A search needs a name tag, got an empty one');
  return {
    RegionId: region,
    InstanceType: engine,
    SearchKey: nameTag,
    PageSize: String(page.size),
    PageNumber: String(page.number),
  };
}
