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
