import type { IncomingMessage } from 'node:http';
import { sayUnknown } from '../nearest-word';
import { createStats } from '../stats';
import { CONFIG_ROUTES } from './config-routes';
import { sendJson, sendProblem } from './control-answer';
import type { ControlProblem } from './control-answer';
import { FAULT_ROUTES } from './fault-routes';
import { INSTANCE_ROUTES } from './instance-routes';
import { parseJsonBody } from './json-body';
import { PAGE_ROUTES } from './page-routes';
import { READ_ROUTES } from './read-routes';
import type { ControlCall, ControlHost, ControlRequest, Route } from './route';

const ROUTES: ReadonlyMap<string, Route> = new Map(
  Object.entries({
    ...{ ...READ_ROUTES, ...INSTANCE_ROUTES, ...CONFIG_ROUTES, ...FAULT_ROUTES },
    'POST /_emulator/reset': {
      query: [],
      run: ({ response }, host) => {
        host.reset();
        sendJson(response, 200, createStats(host.state));
      },
    } satisfies Route,
  }),
);

const INSTANCE_PATH_PATTERN = /^\/_emulator\/instances\/([^/]+)$/;

const PAGES: ReadonlyMap<string, Route> = new Map(Object.entries(PAGE_ROUTES));

/** Answers one request to the control API. */
export async function runControl(call: ControlRequest, host: ControlHost): Promise<void> {
  const forbidden = findForbidden(call.request, host);
  if (forbidden !== undefined) {
    sendProblem(call.response, 403, forbidden);
    return;
  }
  const { path, id } = splitPath(call.path);
  const name = `${call.request.method ?? ''} ${path}`;
  const route = ROUTES.get(name) ?? PAGES.get(name);
  if (route === undefined) {
    sendProblem(call.response, 404, {
      code: 'UnknownControl',
      message: `No such control call. There are: ${[...ROUTES.keys()].join(', ')}.`,
    });
    return;
  }
  await runRoute(route, { ...call, id, json: undefined }, host);
}

/** Only instances are named by the path itself. */
function splitPath(path: string): { readonly path: string; readonly id: string } {
  const id = INSTANCE_PATH_PATTERN.exec(path)?.[1];
  return id === undefined ? { path, id: '' } : { path: path.replace(id, '<id>'), id };
}

async function runRoute(route: Route, call: ControlCall, host: ControlHost): Promise<void> {
  const unknown = findUnknownParameter(route, call.query);
  if (unknown !== undefined) {
    sendProblem(call.response, 400, { code: 'UnknownParameter', message: unknown });
    return;
  }
  if (route.takesJson !== true) {
    await route.run(call, host);
    return;
  }
  const body = parseJsonBody(call.body);
  if (!body.ok) {
    sendProblem(call.response, 400, { code: 'InvalidJson', message: body.problem });
    return;
  }
  await route.run({ ...call, json: body.value }, host);
}

/** A filter with a typing error would filter nothing. */
function findUnknownParameter({ query: known }: Route, query: string): string | undefined {
  if (known === undefined) return undefined;
  const unknown = [...new URLSearchParams(query).keys()].find((name) => !known.includes(name));
  return unknown === undefined ? undefined : sayUnknown('parameter', unknown, known);
}

function findForbidden(request: IncomingMessage, host: ControlHost): ControlProblem | undefined {
  if (!host.allowsRemoteControl && !isLoopback(request.socket.remoteAddress)) {
    return {
      code: 'RemoteControlOff',
      message:
        'The control API answers this machine only. Start the emulator with --allow-remote-control to open it.',
    };
  }
  if (!isForeignPage(request)) return undefined;
  return {
    code: 'ForeignPage',
    message: 'A page of another origin must not change the emulator. Call it without a browser.',
  };
}

/** Browsers name the origin of the page that calls; programs send none. */
function isForeignPage({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || (address?.replace('::ffff:', '').startsWith('127.') ?? false);
}
