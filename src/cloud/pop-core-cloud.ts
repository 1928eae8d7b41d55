import { createAccountKeys } from './account-keys';
import { createSharedAgents, createSingleUseAgent } from './agents';
import type { SharedAgents } from './agents';
import { toCreatedOrder, toInstancePage, toTotalCount } from './answer-mapping';
import { SYSTEM_CLOCK } from './clock';
import type { Clock } from './clock';
import { createClockSkew } from './clock-skew';
import type { CredentialsSource } from './credentials';
import { CLOUD_LIMITS } from './defaults';
import type { CloudLimits } from './defaults';
import { assertEndpoints, toEndpoint, toVpcEndpoint } from './endpoints';
import type { EndpointSettings } from './endpoints';
import { toCallFailure, toLocalTrouble } from './error-mapping';
import { createFollowUpCalls } from './follow-up-calls';
import type { FollowUpPort } from './follow-up-port';
import { searchAllPages } from './instance-search';
import type {
  Answer,
  CallTarget,
  CloudPort,
  CreateAnswer,
  CreateCall,
  DescribeQuery,
  SearchQuery,
  SeenInstance,
} from './port';
import { createPreflightCalls } from './preflight-calls';
import type { PreflightPort } from './preflight-port';
import { createRateLimiter } from './rate-limiter';
import {
  PAGE_SIZE_MAX,
  toCreateParameters,
  toDescribeParameters,
  toSearchParameters,
} from './request-mapping';
import type { RpcParameters } from './request-mapping';
import { createReleaseCalls } from './release-calls';
import type { ReleasePort } from './release-port';
import { createRpcCaller } from './rpc-caller';
import type { CallReport, RpcCaller } from './rpc-caller';

/** One credentials profile: whose keys, and where its calls go. */
export interface CloudAccount extends EndpointSettings {
  readonly credentials: CredentialsSource;
}

/** Options of {@link createPopCoreCloud}. */
export interface PopCoreCloudOptions {
  /** By the name that batch requests use. */
  readonly accounts: Readonly<Record<string, CloudAccount>>;
  /** What differs from {@link CLOUD_LIMITS}. */
  readonly limits?: Partial<CloudLimits>;
  /** Whether plain HTTP may leave this host; loopback may always be plain. */
  readonly isPlainHttpAllowed?: boolean;
  /** Told about every request that was sent; what it throws is dropped. */
  readonly onCall?: (report: CallReport) => void;
  /** For tests. */
  readonly clock?: Clock;
}

/** The cloud through the `@alicloud/pop-core` client. */
export interface PopCoreCloud extends CloudPort, FollowUpPort, ReleasePort, PreflightPort {
  /** Closes kept connections. Calls that are open fail. */
  close(): void;
}

/**
 * Builds the adapter. One serves a whole process, since its limiter does.
 *
 * @throws Error that names the account when one of its endpoints is wrong or plain HTTP
 */
export function createPopCoreCloud(options: PopCoreCloudOptions): PopCoreCloud {
  const accounts = new Map(Object.entries(options.accounts));
  for (const [name, account] of accounts) {
    assertEndpoints(name, account, options.isPlainHttpAllowed ?? false);
  }
  const limits: CloudLimits = { ...CLOUD_LIMITS, ...options.limits };
  const clock = options.clock ?? SYSTEM_CLOCK;
  const skew = createClockSkew();
  const agents = createSharedAgents();
  const caller = createRpcCaller({
    keys: new Map(
      [...accounts].map(([name, { credentials }]) => [name, createAccountKeys(credentials)]),
    ),
    limiter: createRateLimiter(limits, clock),
    clock,
    skew,
    onCall: options.onCall,
  });
  const endpointOf = ({ account, region }: CallTarget): string =>
    toEndpoint(region, accounts.get(account) ?? {});
  const vpcEndpointOf = ({ account, region }: CallTarget): string =>
    toVpcEndpoint(region, accounts.get(account) ?? {});
  const tools = { caller, agents, endpointOf, timeoutMs: limits.readTimeoutMs };
  const reader = createReader(tools);
  return {
    createInstances: (call) => createInstances(caller, endpointOf(call), call),
    describeInstances: (query) => describeInstances(reader, query),
    searchInstances: (query) => searchInstances(reader, query),
    countInstances: async (query) =>
      reader(query, toSearchParameters(query, { number: 1, size: 1 }), toTotalCount),
    ...createFollowUpCalls(tools),
    ...createReleaseCalls(tools),
    ...createPreflightCalls({ ...tools, vpcEndpointOf }),
    clockSkewMs: () => skew.currentMs(),
    close: () => agents.destroy(),
  };
}

/** Reads one answer of DescribeInstances. */
type Reader = <T>(
  target: CallTarget,
  parameters: RpcParameters,
  read: (body: unknown) => T | null,
) => Promise<Answer<T>>;

function createReader(tools: {
  readonly caller: RpcCaller;
  readonly agents: SharedAgents;
  readonly endpointOf: (target: CallTarget) => string;
  readonly timeoutMs: number;
}): Reader {
  return async (target, parameters, read) => {
    const endpoint = tools.endpointOf(target);
    const answer = await tools.caller.call({
      action: 'DescribeInstances',
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

async function createInstances(
  caller: RpcCaller,
  endpoint: string,
  call: CreateCall,
): Promise<CreateAnswer> {
  const single = createSingleUseAgent(endpoint);
  try {
    const answer = await caller.call({
      action: 'CreateInstances',
      target: call,
      endpoint,
      parameters: toCreateParameters(call),
      timeoutMs: call.timeoutMs,
      agent: single.agent,
      isReadOnly: false,
      isSendAllowed: call.isSendAllowed,
      read: (body) => toCreatedOrder(body, call.body['AutoPay'] === 'false'),
    });
    if (answer.kind !== 'ok') return answer;
    const { value: received, ...rest } = answer;
    const { value: order, requestId } = received;
    return { ...rest, kind: 'created', calls: 1, ...order, requestId };
  } finally {
    single.destroy();
  }
}

async function describeInstances(
  reader: Reader,
  query: DescribeQuery,
): Promise<Answer<readonly SeenInstance[]>> {
  const answer = await reader(query, toDescribeParameters(query), toInstancePage);
  if (answer.kind === 'failed') return answer;
  const asked = new Set(query.ids);
  return { ...answer, value: answer.value.instances.filter(({ id }) => asked.has(id)) };
}

async function searchInstances(
  reader: Reader,
  query: SearchQuery,
): Promise<Answer<readonly SeenInstance[]>> {
  const answer = await searchAllPages(query.nameTag, (number) =>
    reader(query, toSearchParameters(query, { number, size: PAGE_SIZE_MAX }), toInstancePage),
  );
  if (answer.kind === 'failed') return answer;
  if (answer.value !== null) return { ...answer, value: answer.value };
  const failure = toCallFailure(toLocalTrouble('moving-list'), 'DescribeInstances', query);
  return { ...failure, calls: answer.calls };
}
