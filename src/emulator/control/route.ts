import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EmulatorConfig } from '../config';
import type { EmulatorState } from '../emulator-state';

/** Every path below it belongs to the control API and needs no signature. */
export const CONTROL_PREFIX = '/_emulator';

/** What the control API works on. */
export interface ControlHost {
  readonly state: EmulatorState;
  /** The config that it was started with. */
  readonly originConfig: EmulatorConfig;
  /** True when callers from other hosts may use the control API. */
  readonly allowsRemoteControl: boolean;
  /** Forgets everything and goes back to how the emulator was started. */
  reset(): void;
}

/** One request to the control API. */
export interface ControlRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** A request as the call that it asks for sees it. */
export interface ControlCall extends ControlRequest {
  /** What the path names after the call: an instance; else empty. */
  readonly id: string;
  /** The body of a call that takes one. */
  readonly json: unknown;
}

/** One call of the control API. */
export interface Route {
  /** The parameters of the query; absent: whatever comes is ignored. */
  readonly query?: readonly string[];
  /** True for a call whose body is JSON. */
  readonly takesJson?: boolean;
  run(call: ControlCall, host: ControlHost): Promise<void> | void;
}
