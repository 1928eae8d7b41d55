import type { EmulatorState } from '../emulator-state';
import type { Instance, InstanceSpec } from '../instance';
import { recoversAtMs } from '../instance-life';
import type { InstanceQuery } from '../instance-query';
import { expiresAtMs } from '../paid-time';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid } from '../refusal';
import type { Refusal } from '../refusal';
import type { ActionCall } from './action';
import { optionals } from './action-parameters';
import type { ActionParameter } from './action-parameters';
import { currentStatus, privateIpOf, toNodeType } from './instance-view';
import { matchesTags, readTagFilters } from './tag-parameters';

/** At most 30 ids a call (DescribeInstances page). */
const IDS_MAX = 30;

const ID_PATTERN = /^[a-z]{1,3}-[A-Za-z0-9]+$/;

/** What both operations that list instances take; the rest is of DescribeInstances alone. */
export const FILTER_PARAMETERS: readonly ActionParameter[] = optionals(
  ...['RegionId', 'InstanceIds', 'InstanceStatus', 'ChargeType', 'NetworkType', 'EngineVersion'],
  ...['InstanceClass', 'VpcId', 'VSwitchId', 'ZoneId', 'PrivateIp', 'ResourceGroupId'],
  ...['InstanceType', 'SearchKey', 'ArchitectureType', 'EditionType', 'NodeType'],
);

type Reader = (instance: Instance, state: EmulatorState) => string;

/** Filters by equality: parameter to what it is compared with. */
const FILTERS: Readonly<Record<string, Reader>> = {
  RegionId: ({ spec }) => spec.regionId,
  InstanceStatus: currentStatus,
  ChargeType: ({ spec }) => spec.chargeType,
  EngineVersion: ({ spec }) => spec.engineVersion,
  InstanceClass: ({ spec }) => spec.instanceClass,
  VpcId: ({ spec }) => spec.vpcId,
  VSwitchId: ({ spec }) => spec.vSwitchId,
  ZoneId: ({ spec }) => spec.zoneId,
  ResourceGroupId: ({ spec }) => spec.resourceGroupId,
  ArchitectureType: ({ spec }) => spec.architecture,
  PrivateIp: privateIpOf,
  NetworkType: () => 'VPC',
  EditionType: ({ spec }) => (isTair(spec) ? 'Enterprise' : 'Community'),
  Expired: (instance, { nowMs }) => String(nowMs() >= (expiresAtMs(instance) ?? Infinity)),
  GlobalInstance: () => 'false',
};

/** The API metadata's default (2024-07-30): others are hidden unless asked for. */
const DEFAULT_TYPE = 'Redis';

/** Clients write `true` as well as `True`. */
const BOOLEAN_FILTERS = new Set(['Expired', 'GlobalInstance']);

/** The instances that the filters of a call ask for, in order of creation; visible ones only. */
export function findInstances(call: ActionCall): readonly Instance[] | Refusal {
  const ids = readIds(call.parameters);
  if (ids !== undefined && 'kind' in ids) return ids;
  return call.state.queries.run(createQuery(call, ids), call.state.nowMs());
}

function readIds(parameters: Parameters): readonly string[] | Refusal | undefined {
  const text = getParameter(parameters, 'InstanceIds');
  if (text === undefined) return undefined;
  const ids = text.split(',').map((id) => id.trim());
  const isWellFormed = ids.length <= IDS_MAX && ids.every((id) => ID_PATTERN.test(id));
  return isWellFormed ? ids : createInvalid('InvalidInstanceIds.Malformed', 'InstanceIds');
}

function createQuery(call: ActionCall, ids: readonly string[] | undefined): InstanceQuery {
  const { account, parameters, state } = call;
  const nowMs = state.nowMs();
  const wanted = readFilters(parameters);
  const searchText = getParameter(parameters, 'SearchKey');
  const nodeType = getParameter(parameters, 'NodeType');
  const type = getParameter(parameters, 'InstanceType') ?? DEFAULT_TYPE;
  const tags = readTagFilters(parameters);
  const asksStatus = wanted.has('InstanceStatus');
  const asksExpired = wanted.has('Expired');
  return {
    key: JSON.stringify([account.accountId, [...wanted], searchText, nodeType, type, tags]),
    isKept: !asksStatus || state.config.readyAfterReads === null,
    ids,
    searchText,
    matches: (instance) =>
      instance.spec.accountId === account.accountId &&
      instance.visibleAtMs <= nowMs &&
      (ids === undefined || searchText === undefined || containsText(instance, searchText)) &&
      isOfType(instance, type) &&
      (nodeType === undefined || isNodeType(instance, nodeType)) &&
      matchesTags(instance.settings.tags, tags) &&
      isWanted(instance, wanted, state),
    changesAtMs: (instance) => {
      if (instance.visibleAtMs > nowMs) return instance.visibleAtMs;
      const changesAtMs = asksStatus
        ? nextStatusChangeMs(instance, nowMs)
        : Number.POSITIVE_INFINITY;
      const expiry = asksExpired ? expiresAtMs(instance) : undefined;
      if (expiry === undefined || expiry <= nowMs) return changesAtMs;
      return changesAtMs > nowMs ? Math.min(changesAtMs, expiry) : expiry;
    },
  };
}

function readFilters(parameters: Parameters): Map<string, string> {
  const wanted = new Map<string, string>();
  for (const name of Object.keys(FILTERS)) {
    const value = getParameter(parameters, name);
    if (value !== undefined)
      wanted.set(name, BOOLEAN_FILTERS.has(name) ? value.toLowerCase() : value);
  }
  return wanted;
}

function isWanted(
  instance: Instance,
  wanted: ReadonlyMap<string, string>,
  state: EmulatorState,
): boolean {
  for (const [name, value] of wanted) {
    if (FILTERS[name]?.(instance, state) !== value) return false;
  }
  return true;
}

/** `Tair` means all kinds of it. */
function isOfType({ spec }: Instance, type: string): boolean {
  return type === spec.instanceType || (type === 'Tair' && isTair(spec));
}

function isTair({ instanceType }: InstanceSpec): boolean {
  return instanceType.startsWith('tair_');
}

function nextStatusChangeMs(instance: Instance, nowMs: number): number {
  const { settledAtMs, busyUntilMs, spec } = instance;
  if (settledAtMs <= nowMs) return busyUntilMs;
  const middleMs = recoversAtMs(instance);
  return spec.isRestored && middleMs > nowMs ? middleMs : settledAtMs;
}

function containsText({ id, settings }: Instance, text: string): boolean {
  return id.includes(text) || settings.name.includes(text);
}

/** Cloud-native and classic names of the node types are both accepted. */
function isNodeType(instance: Instance, nodeType: string): boolean {
  return nodeType === instance.spec.nodeType || nodeType === toNodeType(instance);
}
