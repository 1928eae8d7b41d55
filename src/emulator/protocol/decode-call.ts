import type { CallSignature } from './call-signature';
import { isForm, isJson, parseJsonParameters, parseParameters } from './parameters';
import type { Parameters } from './parameters';
import { createSignatureV1 } from './signature-v1';
import { createSignatureV3, isSignedV3, readCommonParameters } from './signature-v3';
import { getHeader } from './wire-request';
import type { Connection, WireRequest } from './wire-request';

/** One request to the API, in the same terms whichever signature version its client uses. */
export interface ApiRequest {
  /** The host the client called, with its port. */
  readonly hostId: string;
  /** Query, body and the common parameters, wherever they came from. */
  readonly parameters: Parameters;
  readonly signature: CallSignature;
  /** How the client wants its answer. */
  readonly format: 'json' | 'xml';
  readonly connection: Connection;
}

/** Reads parameters and signature out of an HTTP request. Checks nothing. */
export function decodeCall(request: WireRequest): ApiRequest {
  const { connection } = request;
  const hostId = getHeader(request, 'host');
  const contentType = request.headers['content-type'];
  const form = isForm(contentType) ? request.body.toString('utf8') : '';
  const parameters = parseParameters(request.query, form);
  if (!isSignedV3(request, parameters)) {
    const signature = createSignatureV1(request.method, parameters);
    return { hostId, parameters, signature, format: readFormat(parameters), connection };
  }
  const json = isJson(contentType) ? parseJsonParameters(request.body.toString('utf8')) : [];
  return {
    hostId,
    parameters: new Map([...parameters, ...json, ...readCommonParameters(request)]),
    signature: createSignatureV3(request),
    format: 'json',
    connection,
  };
}

/** RPC products answer in XML unless they are asked for JSON, in any case (common parameters page). */
function readFormat(parameters: Parameters): ApiRequest['format'] {
  return parameters.get('Format')?.toUpperCase() === 'JSON' ? 'json' : 'xml';
}
