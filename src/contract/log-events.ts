import type { Outcome } from '../domain/result';
import type { GateCause } from '../domain/gate';
import type { ErrorClass } from '../domain/refusal';

/**
 * Every line that our programs write to their logs: the one place for name, level, fields and meaning.
 * docs/logs.md is made from it. Names and fields are stable, texts are for people. No field has room for a
 * secret: there is none for a body, a header, a setting's value or the URL of a receiver.
 */

/** What the fields of our lines hold. */
export interface LogFields {
  readonly account: string;
  readonly action: string;
  readonly asked: number;
  readonly audit: true;
  readonly authentication: string;
  readonly batchId: string | null;
  readonly chunk: string;
  readonly claim: string | null;
  readonly class: ErrorClass | null;
  readonly code: string | null;
  readonly count: number;
  readonly durationMs: number;
  readonly error: string;
  readonly event: string;
  readonly file: string | null;
  readonly foundBy: 'audit' | 'sweep';
  readonly gate: GateCause;
  readonly generation: number;
  readonly group: number | null;
  readonly httpStatus: number | null;
  readonly instance: string;
  readonly instanceName: string;
  readonly isDryRun: true | null;
  readonly isNew: boolean | null;
  readonly method: string;
  readonly namespace: string;
  readonly notification: string;
  readonly orderId: string | null;
  readonly orphans: number;
  readonly outcome: Outcome | string;
  readonly ready: number;
  readonly reason: string;
  readonly receiver: string;
  readonly region: string;
  readonly requestId: string | null;
  readonly restMs: number;
  readonly route: string | null;
  readonly schedule: string | null;
  readonly shard: number;
  readonly signal: string;
  readonly slots: number;
  readonly status: string;
  readonly subject: string | null;
  readonly tenant: string | null;
  readonly token: string;
  readonly url: string;
  readonly variables: readonly string[];
  readonly version: string;
}

/** Name of a field. */
export type LogField = keyof LogFields;

/** What each field is, for whoever reads a line. */
export const LOG_FIELDS: Readonly<Record<LogField, string>> = {
  account: 'name of the account in the configuration',
  action: 'call of the cloud, name of a signal, or what somebody did',
  asked: 'how many instances were ordered by the call',
  audit: '`true` on every line that says who did what',
  authentication: '`required` or `none`',
  batchId: 'id of the batch; missing when it is about a schedule',
  chunk: 'path of the chunk, as `tairfleet status` names it: `sessions/0-89`',
  claim: 'claim of a token that is amiss; missing where it is something else',
  class: 'class of [errors.md](errors.md); missing for none',
  code: "the service's code, or one of ours in lower case; missing for none",
  count: 'how many instances',
  durationMs: 'milliseconds',
  error: 'a sentence, or name, message and stack of an error',
  event: 'kind of the line: a row of these tables',
  file: 'path of the configuration file; missing for none',
  foundBy: '`audit` at the end of a batch, or `sweep` after it',
  gate: '`quota`, `capacity` or `halt`',
  generation: 'how often the batch was begun anew, from 0',
  group: 'index of the group in the request, from 0; missing for all',
  httpStatus: 'status code; missing when there was no answer',
  instance: 'id of the instance in the cloud',
  instanceName: 'name that all instances of a chunk bear in the cloud',
  isDryRun: '`true` where it was only asked what would be done; missing else',
  isNew: 'of a submit that is done: whether it has started the batch, or found it there',
  method: 'of HTTP',
  namespace: 'of Temporal',
  notification: 'id of an event that receivers are told, as in its `webhook-id`',
  orderId: "the cloud's id of the order; missing for none",
  orphans: 'instances with the name of the batch that no slot owns',
  outcome:
    'how it ended: of a batch that of its result; of a deed `done`, or the code of its failure',
  ready: 'instances that are ready',
  reason:
    'why a key or token counts for nothing: `unknown-key` (or an expired one), `expired`, `signature`, `audience`, `issuer`, `claim`, `algorithm`, `malformed`, or `unsupported` where this server takes no such kind',
  receiver: 'host of the receiver; the rest of its address may be a secret',
  region: 'such as `cn-hangzhou`',
  requestId: "the cloud's, for its support; of the API: the one in `x-request-id`",
  restMs: 'milliseconds until a doubt is looked into',
  route:
    'pattern of the address, such as `/v1/batches/{batchId}`; missing for an address without one',
  schedule: 'name of the schedule, `*` for a whole file of them; missing when it is about a batch',
  shard: 'index of the shard within its batch, from 0',
  signal: 'of the operating system, such as `SIGTERM`',
  slots: 'instances that are wanted',
  status: 'raw status of the instance, `notVisible` or `notReadyInTime`',
  subject: 'name of the key or token that was let in; missing for nobody',
  tenant: 'of the batch or schedule; missing where a refused request names none',
  token: 'idempotency token of the create call',
  url: 'where it listens',
  variables: 'names of the variables of the environment that set something',
  version: 'of the program',
};

/** Programs that write our lines. */
export type LogProgram = 'worker' | 'serve';

/** One kind of line. */
export interface LogEventDefinition {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly by: readonly LogProgram[];
  /** Besides `event`, and what the logger adds by itself. */
  readonly fields: readonly LogField[];
  /** The text of the line. */
  readonly text: string;
}

const CREATE = ['account', 'region', 'instanceName', 'token', 'asked'] as const;

/** Every line, by the name in its field `event`. */
export const LOG_EVENTS = {
  'config-loaded': {
    ...{ level: 'info', by: ['worker', 'serve'], fields: ['file', 'variables'] },
    text: 'the configuration is valid',
  },
  'worker-started': {
    ...{ level: 'info', by: ['worker'], fields: ['version', 'namespace'] },
    text: 'the worker takes work',
  },
  'worker-stopping': {
    ...{ level: 'info', by: ['worker'], fields: ['signal'] },
    text: 'the worker takes no more work, and ends what is in flight',
  },
  'worker-stopped': {
    ...{ level: 'info', by: ['worker'], fields: [] },
    text: 'what was in flight has ended or was handed over',
  },
  'batch-admitted': {
    ...{ level: 'info', by: ['worker'], fields: ['account', 'generation', 'slots'] },
    text: 'a batch was let in',
  },
  'batch-refused': {
    ...{ level: 'warn', by: ['worker'], fields: ['class', 'code'] },
    text: 'a batch was refused at its door, before anything was sent',
  },
  'batch-finished': {
    ...{ level: 'info', by: ['worker'] },
    fields: ['outcome', 'slots', 'ready', 'orphans', 'durationMs'],
    text: 'a batch has its result',
  },
  'orphans-found': {
    ...{ level: 'warn', by: ['worker'], fields: ['count', 'foundBy'] },
    text: 'instances bear the name of the batch and belong to no slot; its result lists them',
  },
  'sweep-not-started': {
    ...{ level: 'warn', by: ['worker'], fields: ['error'] },
    text: 'nobody looks for orphans of this batch later; "tairfleet sweep" looks on demand',
  },
  'message-ignored': {
    ...{ level: 'warn', by: ['worker'], fields: ['action'] },
    text: 'a signal that no batch and no shard sends is not obeyed',
  },
  'chunk-created': {
    ...{ level: 'info', by: ['worker'], fields: [...CREATE, 'count', 'orderId', 'requestId'] },
    text: 'a create call was answered with instances',
  },
  'create-failed': {
    ...{ level: 'warn', by: ['worker'] },
    fields: [...CREATE, 'class', 'code', 'httpStatus', 'requestId'],
    text: 'a create call bought nothing, or nobody knows yet what it bought',
  },
  'chunk-owned': {
    ...{ level: 'info', by: ['worker'], fields: ['shard', 'chunk', 'instanceName', 'count'] },
    text: 'instances belong to their slots, bought or adopted',
  },
  'settle-begun': {
    ...{ level: 'warn', by: ['worker'], fields: ['shard', 'instanceName', 'restMs'] },
    text: 'what a call has bought is in doubt: it rests, and is then looked up',
  },
  'chunk-settled': {
    ...{ level: 'info', by: ['worker'], fields: ['account', 'region', 'instanceName', 'count'] },
    text: 'a doubt is over: this many instances bear the name',
  },
  'chunk-parked': {
    ...{ level: 'warn', by: ['worker'] },
    fields: ['shard', 'chunk', 'instanceName', 'slots', 'class', 'code', 'requestId'],
    text: 'a chunk waits for a person; "tairfleet status" says what to do',
  },
  'gate-closed': {
    ...{ level: 'warn', by: ['worker'] },
    fields: ['shard', 'region', 'gate', 'group', 'class', 'code', 'requestId'],
    text: 'nothing is left, so chunks wait, and one probe at a time asks',
  },
  'gate-opened': {
    ...{
      level: 'info',
      by: ['worker'],
      fields: ['shard', 'region', 'gate', 'group', 'durationMs'],
    },
    text: 'chunks go on',
  },
  'instance-failed': {
    ...{ level: 'warn', by: ['worker'], fields: ['region', 'instance', 'status'] },
    text: 'an instance was given up while it was waited for',
  },
  'unlisted-code': {
    ...{ level: 'warn', by: ['worker'] },
    fields: ['account', 'region', 'action', 'class', 'code', 'requestId'],
    text: 'the cloud answered with a code that errors.md does not list',
  },
  'webhook-delivered': {
    ...{ level: 'info', by: ['worker'], fields: ['notification', 'receiver', 'httpStatus'] },
    text: 'a receiver was told',
  },
  'webhook-failed': {
    ...{ level: 'warn', by: ['worker'], fields: ['notification', 'receiver', 'code'] },
    text: 'a receiver was not told; it is tried again unless it is gone',
  },
  'api-started': {
    ...{ level: 'info', by: ['serve'], fields: ['version', 'url', 'authentication'] },
    text: 'the API listens',
  },
  'api-stopping': {
    ...{ level: 'info', by: ['serve'], fields: [] },
    text: 'the API takes no more requests, and ends what is under way',
  },
  'api-stopped': {
    ...{ level: 'info', by: ['serve'], fields: [] },
    text: 'what was under way has ended',
  },
  deed: {
    ...{ level: 'info', by: ['serve'] },
    fields: [
      ...(['audit', 'subject', 'action', 'tenant', 'batchId', 'schedule'] as const),
      ...(['isNew', 'isDryRun', 'outcome', 'requestId'] as const),
    ],
    text: 'somebody did something to a batch or schedule, or tried it and was refused',
  },
  'request-answered': {
    ...{ level: 'debug', by: ['serve'] },
    fields: ['requestId', 'subject', 'method', 'route', 'httpStatus', 'durationMs'],
    text: 'a request was answered',
  },
  'request-failed': {
    ...{ level: 'error', by: ['serve'], fields: ['requestId', 'error'] },
    text: 'a request failed for a reason that is not its own',
  },
  'credential-refused': {
    ...{ level: 'warn', by: ['serve'], fields: ['requestId', 'reason', 'claim'] },
    text: 'a key or token counts for nothing',
  },
  'request-unreadable': {
    ...{ level: 'debug', by: ['serve'], fields: ['requestId', 'code', 'httpStatus'] },
    text: 'what came over a connection was no request that could be read, or not in time',
  },
  'keys-file-unusable': {
    ...{ level: 'error', by: ['serve'], fields: ['error'] },
    text: 'the keys file cannot be used',
  },
} as const satisfies Readonly<Record<string, LogEventDefinition>>;

/** Name of a kind of line. */
export type LogEventName = keyof typeof LOG_EVENTS;
