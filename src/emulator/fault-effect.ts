import type { Fault } from './faults';
import { createErrorAnswer } from './protocol/wire-answer';
import type { WireAnswer } from './protocol/wire-answer';

/** What happens on the socket instead of, or after, the regular answer. */
export type Effect =
  | { readonly kind: 'answer'; readonly answer: WireAnswer }
  | { readonly kind: 'truncate'; readonly answer: WireAnswer }
  /** The body comes in pieces. */
  | { readonly kind: 'slow'; readonly answer: WireAnswer; readonly overMs: number }
  /** The connection ends: as usual, or as that of a machine that has crashed. */
  | { readonly kind: 'drop' | 'reset' }
  /** Silence until the client gives up, or until `afterMs` has passed. */
  | { readonly kind: 'hang'; readonly afterMs: number | undefined };

/** What an effect is made for. */
export interface FaultedCall {
  readonly requestId: string;
  readonly hostId: string;
  /** The regular answer; undefined when the action did not execute. */
  readonly answer: WireAnswer | undefined;
}

/** Faults of a call that executes and is answered, be it late, slowly or in part. */
export function isAnsweredFault({ kind }: Fault): boolean {
  return kind === 'delay' || kind === 'slow' || kind === 'partial';
}

/** The effect of a fault; the regular answer is that of {@link isAnsweredFault}. */
export function createEffect(fault: Fault, call: FaultedCall): Effect {
  switch (fault.kind) {
    case 'drop':
    case 'reset':
      return { kind: fault.kind };
    case 'hang':
      return { kind: 'hang', afterMs: fault.delayMs };
    case 'truncate':
      return { kind: 'truncate', answer: call.answer ?? createBareAnswer(fault, call) };
    case 'refuse':
      return { kind: 'answer', answer: createRefusalAnswer(fault, call) };
    case 'html':
      return {
        kind: 'answer',
        answer: createPlainAnswer(fault.status ?? 502, 'text/html', createHtml(fault)),
      };
    case 'empty':
      return {
        kind: 'answer',
        answer: createPlainAnswer(fault.status ?? 200, 'application/json', ''),
      };
    case 'status':
      return { kind: 'answer', answer: createBareAnswer(fault, call) };
    case 'delay':
    case 'slow':
    case 'partial':
      return { kind: 'answer', answer: call.answer ?? createBareAnswer(fault, call) };
  }
}

function createRefusalAnswer(fault: Fault, call: FaultedCall): WireAnswer {
  return createErrorAnswer(call.requestId, call.hostId, {
    kind: 'refusal',
    status: fault.status ?? 400,
    code: fault.code ?? 'InternalError',
    message: fault.message ?? `Refused by the fault script: ${fault.code ?? 'InternalError'}.`,
    ...(fault.retryAfterMs === undefined ? {} : { retryAfterMs: fault.retryAfterMs }),
  });
}

/** JSON without a `Code`, unless the script gives one: what a gateway in trouble answers. */
function createBareAnswer(fault: Fault, call: FaultedCall): WireAnswer {
  const code = fault.code === undefined ? {} : { Code: fault.code, Message: fault.message ?? '' };
  const retryAfter = fault.retryAfterMs;
  return {
    status: fault.status ?? 503,
    contentType: 'application/json;charset=utf-8',
    headers: retryAfter === undefined ? {} : { 'x-acs-retry-after': String(retryAfter) },
    body: JSON.stringify({ RequestId: call.requestId, HostId: call.hostId, ...code }),
  };
}

/** What a proxy says; a message of the rule stands in it as it is. */
function createHtml({ message }: Fault): string {
  const title = '502 Bad Gateway';
  const said = message === undefined ? '' : `<p>${message}</p>`;
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1>${said}</body></html>\n`;
}

function createPlainAnswer(status: number, contentType: string, body: string): WireAnswer {
  return { status, contentType, headers: {}, body };
}
