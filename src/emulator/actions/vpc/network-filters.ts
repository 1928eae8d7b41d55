import type { Account } from '../../accounts';
import { getParameter } from '../../protocol/parameters';
import type { Parameters } from '../../protocol/parameters';
import { optional, optionals } from '../action-parameters';
import type { ActionParameter } from '../action-parameters';
import { matchesTags, readTagFilters } from '../tag-parameters';
import { isBooleanText } from '../value-rules';
import { NETWORK_RESOURCE_GROUP } from './networks';

/** The filters that both lists of networks take, and the dry run (VPC pages, 2016-04-28). */
export const NETWORK_FILTERS: readonly ActionParameter[] = [
  ...optionals('ResourceGroupId', 'Tag.N.Key', 'Tag.N.Value'),
  optional('IsDefault', isBooleanText),
  optional('EnableIpv6', isBooleanText),
  optional('DryRun', isBooleanText),
];

/** Filter → what one network is compared with. */
export type NetworkFacts = Readonly<Record<string, string | undefined>>;

/** What is true of all networks here, under the names of the filters. No network has a tag. */
export function createNetworkFacts({ accountId }: Account): NetworkFacts {
  return {
    ResourceGroupId: NETWORK_RESOURCE_GROUP,
    IsDefault: 'false',
    EnableIpv6: 'false',
    VpcOwnerId: accountId,
    VSwitchOwnerId: accountId,
  };
}

/** True for a network that each filter of the call is true of. Names are compared as a whole. */
export function isWantedNetwork(facts: NetworkFacts, parameters: Parameters): boolean {
  const hasWantedFacts = Object.entries(facts).every(([name, value]) => {
    const wanted = getParameter(parameters, name);
    return wanted === undefined || toComparable(wanted) === value;
  });
  return hasWantedFacts && matchesTags(new Map(), readTagFilters(parameters));
}

function toComparable(text: string): string {
  return isBooleanText(text) ? text.toLowerCase() : text;
}
