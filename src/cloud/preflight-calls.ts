import type { CloudAction } from '../domain/cloud-actions';
import type { BackupFact, VSwitchFact } from '../domain/preflight-facts';
import type { SharedAgents } from './agents';
import type { Answer, CallTarget } from './port';
import { toBackups, toGoods, toPrice, toVpcs, toVSwitchPage, toZones } from './preflight-answers';
import type { PreflightPort, VpcQuery } from './preflight-port';
import {
  toBackupParameters,
  toGoodsParameters,
  toPriceParameters,
  toVpcParameters,
  toVSwitchParameters,
  VPC_PAGE_SIZE_MAX,
} from './preflight-requests';
import type { RpcParameters } from './request-mapping';
import type { RpcCaller } from './rpc-caller';

/** What the calls share with those of {@link createPopCoreCloud}. */
export interface PreflightCallTools {
  readonly caller: RpcCaller;
  readonly agents: SharedAgents;
  readonly endpointOf: (target: CallTarget) => string;
  readonly vpcEndpointOf: (target: CallTarget) => string;
  readonly timeoutMs: number;
}

/** Version of the VPC API. */
const VPC_API_VERSION = '2016-04-28';

/** Pages of one list: one that does not end is left. */
const PAGES_MAX = 20;

/** Makes one call and reads its answer. */
type Read = <Value>(
  target: CallTarget,
  call: ReadCall,
  read: (body: unknown) => Value | null,
) => Promise<Answer<Value>>;

interface ReadCall {
  readonly action: CloudAction;
  readonly parameters: RpcParameters;
  /** Whose operation it is. */
  readonly product?: 'vpc';
}

/** The calls that look around before an order. */
export function createPreflightCalls(tools: PreflightCallTools): PreflightPort {
  const read = createRead(tools);
  return {
    listZones: (target) =>
      read(target, toCall('DescribeZones', { RegionId: target.region }), toZones),
    listGoods: (query) =>
      read(query, toCall('DescribeAvailableResource', toGoodsParameters(query)), toGoods),
    readPrice: (query) => read(query, toCall('DescribePrice', toPriceParameters(query)), toPrice),
    async findBackup(query) {
      const parameters = toBackupParameters(query, Date.now());
      const answer = await read(query, toCall('DescribeBackups', parameters), toBackups);
      if (answer.kind === 'failed') return answer;
      const found = answer.value.find(({ id }) => id === query.backupId);
      const value = found === undefined ? null : toBackupFact(found);
      return { ...answer, value };
    },
    async findVpc(query) {
      const call = { ...toCall('DescribeVpcs', toVpcParameters(query)), product: 'vpc' as const };
      const answer = await read(query, call, toVpcs);
      if (answer.kind === 'failed') return answer;
      return { ...answer, value: answer.value.find(({ vpcId }) => vpcId === query.vpcId) ?? null };
    },
    listVSwitches: (query) => listVSwitches(read, query),
  };
}

function toBackupFact({ status, sizeBytes }: BackupFact): BackupFact {
  return { status, sizeBytes };
}

function toCall(action: CloudAction, parameters: RpcParameters): ReadCall {
  return { action, parameters };
}

function createRead(tools: PreflightCallTools): Read {
  return async (target, { action, parameters, product }, read) => {
    const isVpc = product === 'vpc';
    const endpoint = isVpc ? tools.vpcEndpointOf(target) : tools.endpointOf(target);
    const answer = await tools.caller.call({
      action,
      apiVersion: isVpc ? VPC_API_VERSION : undefined,
      target,
      endpoint,
      parameters,
      timeoutMs: tools.timeoutMs,
      agent: tools.agents.forEndpoint(endpoint),
      isReadOnly: true,
      read,
    });
    return answer.kind === 'ok' ? { ...answer, value: answer.value.value } : answer;
  };
}

/** A vSwitch that moves between two pages is missed or seen twice; either harms a look only. */
async function listVSwitches(read: Read, query: VpcQuery): Promise<Answer<readonly VSwitchFact[]>> {
  const found = new Map<string, VSwitchFact>();
  let calls = 0;
  for (let pageNumber = 1; pageNumber <= PAGES_MAX; pageNumber += 1) {
    const parameters = toVSwitchParameters(query, pageNumber);
    const call = { ...toCall('DescribeVSwitches', parameters), product: 'vpc' as const };
    const page = await read(query, call, toVSwitchPage);
    calls += page.calls;
    if (page.kind === 'failed') return { ...page, calls };
    for (const one of page.value.vSwitches) found.set(one.vSwitchId, one);
    const isLast = page.value.vSwitches.length < VPC_PAGE_SIZE_MAX;
    if (isLast || found.size >= page.value.totalCount) break;
  }
  return { kind: 'ok', value: [...found.values()], calls };
}
