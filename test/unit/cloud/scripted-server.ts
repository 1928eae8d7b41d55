import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** The raw form body. */
  readonly body: string;
  readonly form: Readonly<Record<string, string>>;
}

/** Answers one request; it may also cut the connection, or leave it hanging. */
export type Answerer = (
  response: http.ServerResponse,
  request: SeenRequest,
  socket: Socket,
) => void | Promise<void>;

/** A server on loopback that answers as told and remembers what it was asked. */
export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** How many connections were opened so far. */
  connections(): number;
  /** Answers of the next requests in turn; the last one stays. */
  script(...answerers: Answerer[]): void;
  close(): Promise<void>;
}

/** Starts a scripted server on a free port of 127.0.0.1. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  let answerers: Answerer[] = [answerJson(200, {})];
  let connections = 0;
  const requests: SeenRequest[] = [];
  const server = http.createServer((request, response) => {
    void readBody(request).then(async (body) => {
      const { method = '', url = '', headers } = request;
      const form = Object.fromEntries(new URLSearchParams(body));
      const seen = { method, url, headers, body, form };
      requests.push(seen);
      const answerer = answerers.length > 1 ? answerers.shift()! : answerers[0]!;
      await answerer(response, seen, request.socket);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    script: (...next) => {
      answerers = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with a JSON body. */
export function answerJson(
  status: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
): Answerer {
  return answerText(status, JSON.stringify(body), headers);
}

/** Answers with any text. */
export function answerText(
  status: number,
  text: string,
  headers: http.OutgoingHttpHeaders = {},
): Answerer {
  return (response) => {
    response.writeHead(status, headers).end(text);
  };
}

/** Never answers. */
export const HANG: Answerer = () => undefined;

/** Begins an answer, and goes on with it byte by byte without an end. */
export const DRIBBLE: Answerer = (response, _request, socket) => {
  response.writeHead(200, { 'content-length': 1_000_000 });
  const timer = setInterval(() => response.write(' '), 20);
  socket.once('close', () => clearInterval(timer));
};

/** Cuts the connection after the request was read. */
export const CUT: Answerer = (_response, _request, socket) => {
  socket.destroy();
};

/** A success of CreateInstances. */
export function createdBody(ids: readonly string[], more: object = {}): object {
  return { RequestId: 'REQ-1', OrderId: '20741', InstanceIds: { InstanceId: ids }, ...more };
}

/** A page of DescribeInstances. */
export function pageBody(instances: readonly object[], totalCount = instances.length): object {
  return {
    RequestId: 'REQ-2',
    PageNumber: 1,
    PageSize: 50,
    TotalCount: totalCount,
    Instances: { KVStoreInstance: instances },
  };
}

/** One instance as DescribeInstances shows it. */
export function instanceBody(id: string, name: string, more: object = {}): object {
  return {
    InstanceId: id,
    InstanceName: name,
    InstanceStatus: 'Normal',
    RegionId: 'cn-hangzhou',
    ZoneId: 'cn-hangzhou-h',
    VpcId: 'vpc-1',
    VSwitchId: 'vsw-1',
    InstanceClass: 'redis.master.small.default',
    InstanceType: 'Redis',
    EngineVersion: '5.0',
    ChargeType: 'PostPaid',
    Capacity: 1024,
    ConnectionDomain: `${id}.redis.rds.aliyuncs.com`,
    Port: 6379,
    ...more,
  };
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
