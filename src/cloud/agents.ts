import http from 'node:http';
import https from 'node:https';

/** Below the idle limit of usual load balancers (15 s), which then would reset the connection. */
const IDLE_SOCKET_MS = 10_000;

/** Sockets of one process to one endpoint, for read calls. */
const READ_SOCKETS_MAX = 64;

/** An agent for a single call. */
export interface SingleUseAgent {
  readonly agent: http.Agent;
  /** Closes its connection, also one whose answer never ended. */
  destroy(): void;
}

/**
 * An agent for one create call. No kept connection: a stale one resets, and a reset create call is
 * ambiguous and costs a look-up.
 */
export function createSingleUseAgent(endpoint: string): SingleUseAgent {
  const agent = createAgent(endpoint, { keepAlive: false });
  return { agent, destroy: () => agent.destroy() };
}

/** Kept connections for read calls, which may be repeated freely. */
export interface SharedAgents {
  forEndpoint(endpoint: string): http.Agent;
  destroy(): void;
}

/** One agent for HTTP and one for HTTPS, made when they are needed. */
export function createSharedAgents(): SharedAgents {
  const agents = new Map<string, http.Agent>();
  const options = { keepAlive: true, maxSockets: READ_SOCKETS_MAX, timeout: IDLE_SOCKET_MS };
  return {
    forEndpoint(endpoint) {
      const scheme = endpoint.startsWith('https:') ? 'https' : 'http';
      const agent = agents.get(scheme) ?? createAgent(endpoint, options);
      agents.set(scheme, agent);
      return agent;
    },
    destroy() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

function createAgent(endpoint: string, options: http.AgentOptions): http.Agent {
  return endpoint.startsWith('https:') ? new https.Agent(options) : new http.Agent(options);
}
