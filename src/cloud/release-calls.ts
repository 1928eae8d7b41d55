import type { SharedAgents } from './agents';
import type { CallTarget } from './port';
import type { ReleasePort } from './release-port';
import type { RpcCaller } from './rpc-caller';

/** What the calls share with those of {@link createPopCoreCloud}. */
export interface ReleaseCallTools {
  readonly caller: RpcCaller;
  readonly agents: SharedAgents;
  readonly endpointOf: (target: CallTarget) => string;
  readonly timeoutMs: number;
}

/**
 * The calls that release instances. An open one is awaited also when its work is called off, since
 * it has taken effect or not and only its answer tells.
 */
export function createReleaseCalls(tools: ReleaseCallTools): ReleasePort {
  return {
    async deleteInstance(call) {
      const endpoint = tools.endpointOf(call);
      const answer = await tools.caller.call({
        action: 'DeleteInstance',
        target: call,
        endpoint,
        parameters: { InstanceId: call.id },
        timeoutMs: tools.timeoutMs,
        agent: tools.agents.forEndpoint(endpoint),
        isReadOnly: false,
        read: () => true,
      });
      return answer.kind === 'ok' ? { ...answer, value: null } : answer;
    },
  };
}
