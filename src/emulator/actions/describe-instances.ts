import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import type { InstanceQuery } from '../instance-query';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid } from '../refusal';
import type { Refusal } from '../refusal';
import { createPlainAnswer, KVSTORE } from './action';
import type { Action, ActionCall, ActionResult } from './action';
import { createKvStoreInstance, currentStatus, privateIpOf, toNodeType } from './instance-view';
import { matchesTags, readTagFilters } from './tag-parameters';

/** At most 30 ids a call; default page 30, at most 50 (DescribeInstances page). */
const IDS_MAX = 30;
const PAGE_SIZE_DEFAULT = 30;
const PAGE_SIZE_MAX = 50;

const ID_PATTERN = /^[a-z]{1,3}-[A-Za-z0-9]+$/;

type Reader = (instance: Instance, state: EmulatorState) => string;

/** Filters by equality: parameter to what it is compared with. */
const FILTERS: Readonly<Record<string, Reader>> = {
  RegionId: ({ spec }) => spec.regionId,
  InstanceStatus: currentStatus,
  ChargeType: ({ spec }) => spec.chargeType,
  InstanceType: ({ spec }) => spec.instanceType,
  EngineVersion: ({ spec }) => spec.engineVersion,
  InstanceClass: ({ spec }) => spec.instanceClass,
  VpcId: ({ spec }) => spec.vpcId,
  VSwitchId: ({ spec }) => spec.vSwitchId,
  ZoneId: ({ spec }) => spec.zoneId,
  ResourceGroupId: ({ spec }) => spec.resourceGroupId,
  ArchitectureType: ({ spec }) => spec.architecture,
  PrivateIp: privateIpOf,
  NetworkType: () => 'VPC',
  EditionType: () => 'Community',
  Expired: () => 'false',
  GlobalInstance: () => 'false',
};

/** Clients write `true` as well as `True`. */
const BOOLEAN_FILTERS = new Set(['Expired', 'GlobalInstance']);

/** DescribeInstances: filters, pages, and the lag with which new instances appear. */
export const describeInstancesAction: Action = {
  name: 'DescribeInstances',
  product: KVSTORE,
  run,
};

function run(call: ActionCall): ActionResult {
  const { parameters, state } = call;
  const ids = readIds(parameters);
  if (ids !== undefined && 'kind' in ids) return ids;
  const found = state.queries.run(createQuery(call, ids), state.nowMs());
  const { pageNumber, pageSize } = readPage(parameters);
  const page = found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  for (const instance of page) instance.reads += 1;
  return createPlainAnswer({
    PageNumber: pageNumber,
    PageSize: pageSize,
    TotalCount: found.length,
    Instances: { KVStoreInstance: page.map((instance) => createKvStoreInstance(instance, state)) },
  });
}

function readIds(parameters: Parameters): readonly string[] | Refusal | undefined {
  const text = getParameter(parameters, 'InstanceIds');
  if (text === undefined) return undefined;
  const ids = text.split(',').map((id) => id.trim());
  const isWellFormed = ids.length <= IDS_MAX && ids.every((id) => ID_PATTERN.test(id));
  return isWellFormed ? ids : createInvalid('InvalidInstanceIds.Malformed', 'InstanceIds');
}

function readPage(parameters: Parameters): { pageNumber: number; pageSize: number } {
  const pageNumber = Math.trunc(Number(getParameter(parameters, 'PageNumber') ?? '1'));
  const pageSize = Math.trunc(Number(getParameter(parameters, 'PageSize') ?? PAGE_SIZE_DEFAULT));
  return {
    pageNumber: pageNumber >= 1 ? pageNumber : 1,
    pageSize: pageSize >= 1 ? Math.min(pageSize, PAGE_SIZE_MAX) : PAGE_SIZE_DEFAULT,
  };
}

function createQuery(call: ActionCall, ids: readonly string[] | undefined): InstanceQuery {
  const { account, parameters, state } = call;
  const nowMs = state.nowMs();
  const wanted = readFilters(parameters);
  const searchText = getParameter(parameters, 'SearchKey');
  const nodeType = getParameter(parameters, 'NodeType');
  const tags = readTagFilters(parameters);
  const asksStatus = wanted.has('InstanceStatus');
  return {
    key: JSON.stringify([account.accountId, [...wanted], searchText, nodeType, tags]),
    isKept: !asksStatus || state.config.readyAfterReads === null,
    ids,
    searchText,
    matches: (instance) =>
      instance.spec.accountId === account.accountId &&
      instance.visibleAtMs <= nowMs &&
      (ids === undefined || searchText === undefined || containsText(instance, searchText)) &&
      (nodeType === undefined || isNodeType(instance, nodeType)) &&
      matchesTags(instance.settings.tags, tags) &&
      isWanted(instance, wanted, state),
    changesAtMs: (instance) => {
      if (instance.visibleAtMs > nowMs) return instance.visibleAtMs;
      if (!asksStatus) return Number.POSITIVE_INFINITY;
      return instance.settledAtMs > nowMs ? instance.settledAtMs : instance.busyUntilMs;
    },
  };
}

/** InstanceType has the default `Redis` (API metadata): others are hidden unless asked for. */
function readFilters(parameters: Parameters): Map<string, string> {
  const wanted = new Map([['InstanceType', 'Redis']]);
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

function containsText({ id, settings }: Instance, text: string): boolean {
  return id.includes(text) || settings.name.includes(text);
}

/** Cloud-native and classic names of the node types are both accepted. */
function isNodeType(instance: Instance, nodeType: string): boolean {
  return nodeType === instance.spec.nodeType || nodeType === toNodeType(instance);
}
