import type { Identity } from './identity';

/** Tags that every instance of a group with `followUps.tags` gets, so that a bill can be split by them. */
export const FOLLOW_UP_TAGS = {
  batch: 'tairfleet:batch',
  tenant: 'tairfleet:tenant',
  installation: 'tairfleet:installation',
} as const;

/** Beginning of our keys; a request must not use it. */
export const OWN_TAG_PREFIX = 'tairfleet:';

/** The tags of the request with ours. */
export function toInstanceTags(
  asked: Readonly<Record<string, string>>,
  identity: Pick<Identity, 'installationId' | 'tenant' | 'batchId'>,
): Readonly<Record<string, string>> {
  return {
    ...asked,
    [FOLLOW_UP_TAGS.batch]: identity.batchId,
    [FOLLOW_UP_TAGS.tenant]: identity.tenant,
    [FOLLOW_UP_TAGS.installation]: identity.installationId,
  };
}
