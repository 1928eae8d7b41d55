/** Decoded parameters of one API call. Names are case-sensitive. */
export type Parameters = ReadonlyMap<string, string>;

/**
 * Merges the query and a form body into one map, as the RPC gateway does: clients put all in the
 * query, all in the body, or split them. Of a repeated name the last value wins.
 *
 * @param query - what follows `?`, without it
 * @param form - the body when its content type is a form, else empty
 */
export function parseParameters(query: string, form: string): Parameters {
  const parameters = new Map<string, string>();
  for (const text of [query, form]) {
    if (text === '') continue;
    for (const [name, value] of new URLSearchParams(text)) parameters.set(name, value);
  }
  return parameters;
}

/** The value, with the empty string counted as absent. */
export function getParameter(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name);
  return value === '' ? undefined : value;
}

/** True for a body that the gateway reads as parameters. An absent content type counts as form. */
export function isForm(contentType: string | undefined): boolean {
  return contentType === undefined || contentType.includes('application/x-www-form-urlencoded');
}

/** True for a body of JSON, which only clients of signature version 3 send. */
export function isJson(contentType: string | undefined): boolean {
  return contentType?.includes('application/json') ?? false;
}

/** The members of a JSON object as parameters; lists and objects stay JSON. Else there are none. */
export function parseJsonParameters(text: string): [string, string][] {
  const body = parseJson(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  return Object.entries(body).flatMap(([name, value]): [string, string][] => {
    if (value === null) return [];
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
