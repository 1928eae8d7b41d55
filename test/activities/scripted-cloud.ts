import type {
  FollowUpPort,
  InstanceCall,
  MaintenanceCall,
  ParametersCall,
  PasswordCall,
  ResourceGroupCall,
  SecurityIpsCall,
  TagCall,
} from '../../src/cloud/follow-up-port';
import type {
  Answer,
  CallFailure,
  CloudPort,
  CreateAnswer,
  CreateCall,
  DescribeQuery,
  SearchQuery,
  SeenInstance,
} from '../../src/cloud/port';

/** Answers in the order of the calls; a function makes its answer when the call comes. */
type Script<Query, Value> = readonly (Value | ((query: Query) => Value))[];

/** What a cloud answers. A call beyond its script fails the test that caused it. */
export interface CloudScript {
  readonly creates?: Script<CreateCall, CreateAnswer>;
  readonly searches?: Script<SearchQuery, Answer<readonly SeenInstance[]>>;
  readonly counts?: Script<SearchQuery, Answer<number>>;
  readonly describes?: Script<DescribeQuery, Answer<readonly SeenInstance[]>>;
  readonly passwords?: Script<PasswordCall, Answer<null>>;
  readonly parameters?: Script<ParametersCall, Answer<null>>;
  readonly windows?: Script<MaintenanceCall, Answer<null>>;
  readonly moves?: Script<ResourceGroupCall, Answer<null>>;
  readonly protections?: Script<InstanceCall, Answer<null>>;
  readonly tags?: Script<TagCall, Answer<null>>;
  readonly securityIps?: Script<SecurityIpsCall, Answer<null>>;
  readonly clockSkewMs?: () => number;
}

/** A cloud port that answers by script and remembers what it was asked. */
export interface ScriptedCloud extends CloudPort, FollowUpPort {
  /** The methods that were called, in order. */
  readonly called: readonly string[];
  readonly sent: readonly CreateCall[];
}

/** Builds the cloud of one test. */
export function createScriptedCloud(script: CloudScript = {}): ScriptedCloud {
  const called: string[] = [];
  const sent: CreateCall[] = [];
  const next = createPlayer(called);
  const create = next('create', script.creates);
  return {
    called,
    sent,
    createInstances(call) {
      sent.push(call);
      return create(call);
    },
    searchInstances: next('search', script.searches),
    countInstances: next('count', script.counts),
    describeInstances: next('describe', script.describes),
    resetPassword: next('password', script.passwords),
    setParameters: next('parameters', script.parameters),
    setMaintenanceWindow: next('window', script.windows),
    moveToResourceGroup: next('move', script.moves),
    protectFromRelease: next('protect', script.protections),
    tagInstances: next('tag', script.tags),
    setSecurityIps: next('securityIps', script.securityIps),
    clockSkewMs: () => script.clockSkewMs?.() ?? null,
  };
}

function createPlayer(called: string[]) {
  return <Query, Value>(name: string, script: Script<Query, Value> = []) => {
    let at = 0;
    return (query: Query): Promise<Value> => {
      called.push(name);
      const answer = script[at];
      if (answer === undefined) throw new Error(`no answer left for call ${at + 1} of ${name}`);
      at += 1;
      const isMade = typeof answer === 'function';
      return Promise.resolve(isMade ? (answer as (query: Query) => Value)(query) : answer);
    };
  };
}

/** A create call that bought these ids. */
export function createdAnswer(...ids: string[]): CreateAnswer {
  return { kind: 'created', ids, orderId: 'order-1', requestId: 'request-1', calls: 1 };
}

/** A read call that was answered. */
export function okAnswer<T>(value: T): Answer<T> {
  return { kind: 'ok', value, calls: 1 };
}

/** A call that took no effect, or of which nobody knows. */
export function failedAnswer(changes: Partial<CallFailure> = {}): CallFailure & { calls: 1 } {
  return {
    kind: 'failed',
    class: 'ambiguous',
    isUnexecuted: false,
    code: 'timeout',
    message: 'no answer within 1 s',
    httpStatus: null,
    requestId: null,
    retryAfterMs: null,
    calls: 1,
    ...changes,
  };
}

/** An instance that fits {@link MATCH}, with what a test wants to differ. */
export function createSeenInstance(changes: Partial<SeenInstance> = {}): SeenInstance {
  return {
    id: 'r-1',
    name: 'tf-home-c0000',
    status: 'Creating',
    region: 'cn-hangzhou',
    zone: 'cn-hangzhou-h',
    vpcId: 'vpc-1',
    vSwitchId: 'vsw-1',
    instanceClass: 'redis.master.small.default',
    engine: 'Redis',
    engineVersion: '5.0',
    chargeType: 'PostPaid',
    capacityMb: 1_024,
    endpoint: null,
    ...changes,
  };
}

/** What an instance of the tests must match to be ours. */
export const MATCH = {
  region: 'cn-hangzhou',
  zone: 'cn-hangzhou-h',
  vpcId: 'vpc-1',
  engine: 'Redis',
  chargeType: 'PostPaid',
  instanceClass: 'redis.master.small.default',
} as const;
