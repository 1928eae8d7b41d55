import type { SeenInstance } from './port';
import { isPlainObject } from './plain-json';

/** What a create answer holds. */
export interface CreatedOrder {
  /** Without repeats; may be fewer than asked for. */
  readonly ids: readonly string[];
  readonly orderId: string | null;
}

/** One page of DescribeInstances. */
export interface InstancePage {
  readonly instances: readonly SeenInstance[];
  /** How many instances match over all pages. */
  readonly totalCount: number;
}

/**
 * Reads the answer to CreateInstances. The client library takes anything without a `Code` for a
 * success, so the shape alone tells one.
 *
 * @param body - plain JSON
 * @param isUnpaidPossible - whether the order pays itself later, so that it may have no ids yet
 * @returns null when the answer is not one of the service
 */
export function toCreatedOrder(body: unknown, isUnpaidPossible: boolean): CreatedOrder | null {
  if (!isPlainObject(body)) return null;
  const orderId = toText(body['OrderId']);
  const ids = toIds(body['InstanceIds']);
  if (ids !== null) return { ids, orderId };
  const isUnpaidOrder = isUnpaidPossible && body['InstanceIds'] === undefined && orderId !== null;
  return isUnpaidOrder ? { ids: [], orderId } : null;
}

/** Reads one page of DescribeInstances; null when the answer is not one of the service. */
export function toInstancePage(body: unknown): InstancePage | null {
  if (!isPlainObject(body)) return null;
  const totalCount = toTotalCount(body);
  const list = isPlainObject(body['Instances']) ? body['Instances']['KVStoreInstance'] : undefined;
  if (totalCount === null) return null;
  if (list === undefined && totalCount === 0) return { instances: [], totalCount };
  if (!Array.isArray(list)) return null;
  const instances = list.map(toSeenInstance);
  return instances.every((instance) => instance !== null) ? { instances, totalCount } : null;
}

/** `TotalCount` of an answer; null when it has none. */
export function toTotalCount(body: unknown): number | null {
  const count = isPlainObject(body) ? body['TotalCount'] : undefined;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

/** `RequestId` of an answer; null when it has none that is safe to show. */
export function toRequestId(body: unknown): string | null {
  const requestId = isPlainObject(body) ? body['RequestId'] : undefined;
  return typeof requestId === 'string' && /^[\w-]{1,64}$/.test(requestId) ? requestId : null;
}

function toIds(value: unknown): string[] | null {
  const list = isPlainObject(value) ? value['InstanceId'] : undefined;
  if (!Array.isArray(list)) return null;
  const isAllIds = list.every((id) => typeof id === 'string' && /^[\w-]{1,128}$/.test(id));
  return isAllIds ? [...new Set(list as string[])] : null;
}

function toSeenInstance(value: unknown): SeenInstance | null {
  if (!isPlainObject(value)) return null;
  const text = (key: string): string => toText(value[key]) ?? '';
  const id = text('InstanceId');
  const status = text('InstanceStatus');
  if (id === '' || status === '') return null;
  const capacity = Number(text('Capacity'));
  return {
    id,
    name: text('InstanceName'),
    status,
    region: text('RegionId'),
    zone: text('ZoneId'),
    vpcId: text('VpcId'),
    vSwitchId: text('VSwitchId'),
    instanceClass: text('InstanceClass'),
    engine: text('InstanceType'),
    engineVersion: text('EngineVersion'),
    chargeType: text('ChargeType'),
    capacityMb: Number.isFinite(capacity) && capacity > 0 ? capacity : null,
    endpoint: toEndpointText(text('ConnectionDomain'), text('Port')),
  };
}

/** Null while the instance is being built: the service shows a part of it, or none. */
function toEndpointText(host: string, port: string): string | null {
  return host === '' || port === '' || port === '0' ? null : `${host}:${port}`;
}

/** Types change with the operation and with the length of a number, so both are taken. */
function toText(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : null;
}
