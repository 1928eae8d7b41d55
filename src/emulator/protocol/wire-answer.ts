import type { Refusal } from '../refusal';

/** An HTTP answer, ready to be written. */
export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The content type of JSON, as the gateway writes it. */
export const JSON_TYPE = 'application/json;charset=utf-8';

/** A success body: `RequestId` and the members of the action's answer, without a `Code`. */
export function createSuccessAnswer(
  requestId: string,
  body: Readonly<Record<string, unknown>>,
): WireAnswer {
  return {
    status: 200,
    contentType: JSON_TYPE,
    headers: {},
    body: toJson({ RequestId: requestId, ...body }),
  };
}

/** Stands before a number that JSON.stringify cannot write; no text of an answer begins so. */
const BIG_NUMBER = '\u0000big';

const BIG_NUMBER_PATTERN = /"\\u0000big(\d+)"/g;

/** JSON with numbers of any length among the members of the answer itself. */
function toJson(body: Readonly<Record<string, unknown>>): string {
  const isPlain = Object.values(body).every((value) => typeof value !== 'bigint');
  if (isPlain) return JSON.stringify(body);
  const text = JSON.stringify(body, (_name, value: unknown) =>
    typeof value === 'bigint' ? `${BIG_NUMBER}${value}` : value,
  );
  return text.replace(BIG_NUMBER_PATTERN, '$1');
}

/**
 * The error envelope of the RPC gateway.
 *
 * @param hostId - the host the client called, as the real `HostId` says
 */
export function createErrorAnswer(requestId: string, hostId: string, refusal: Refusal): WireAnswer {
  const retryAfter = refusal.retryAfterMs;
  return {
    status: refusal.status,
    contentType: JSON_TYPE,
    headers: retryAfter === undefined ? {} : { 'x-acs-retry-after': String(retryAfter) },
    body: JSON.stringify({
      RequestId: requestId,
      HostId: hostId,
      Code: refusal.code,
      Message: refusal.message,
      Recommend: createRecommendUrl(refusal.code),
      ...refusal.extra,
    }),
  };
}

function createRecommendUrl(code: string): string {
  return `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&product=R-kvstore`;
}
