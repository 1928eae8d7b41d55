import type { ServerResponse } from 'node:http';

/** Why a control call is refused: a stable code, and a sentence. */
export interface ControlProblem {
  readonly code: string;
  readonly message: string;
}

/** Answers with a value as JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
  response.end(`${JSON.stringify(value)}\n`);
}

/** Refuses a call. */
export function sendProblem(
  response: ServerResponse,
  status: number,
  problem: ControlProblem,
): void {
  sendJson(response, status, problem);
}

/** Refuses a call for one parameter of its query (400). */
export function sendInvalid(response: ServerResponse, parameter: string, message: string): void {
  const code = `Invalid${parameter.charAt(0).toUpperCase()}${parameter.slice(1)}`;
  sendProblem(response, 400, { code, message });
}
