/**
 * What a step expects of an answer: `status` (200), `code` (null: a success) or one of `codes`, a part
 * of its `text`, and `body`, an object whose members the answer must have. A text in angle brackets is a kind of value.
 */

const KINDS = {
  '<text>': (value) => typeof value === 'string' && value !== '',
  '<string>': (value) => typeof value === 'string',
  '<number>': (value) => typeof value === 'number',
  '<boolean>': (value) => typeof value === 'boolean',
  '<list>': (value) => Array.isArray(value),
  '<filled list>': (value) => Array.isArray(value) && value.length > 0,
  '<time>': (value) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(value),
  '<arn>': (value) => /^acs:(?:ram|sts)::\d+:\S+$/.test(value),
  '<identity type>': (value) => ['Account', 'RAMUser', 'AssumedRoleUser'].includes(value),
  '<id>': (value) => /^r-[a-z0-9]+$/.test(value),
  '<request id>': (value) => /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/.test(value),
};

/** The first thing that is not as expected, as a sentence; undefined: everything is. */
export function findMismatch({ status, text, body }, expected) {
  const code = body?.Code ?? null;
  if (expected.codes !== undefined) {
    return expected.codes.includes(code) ? undefined : `code ${code}`;
  }
  const wantedStatus = expected.status ?? 200;
  if (status !== wantedStatus)
    return `status ${status} (${code ?? 'no code'}), not ${wantedStatus}`;
  if (expected.code !== undefined && code !== expected.code) {
    return `code ${code}, not ${expected.code}`;
  }
  if (expected.text !== undefined && !text.includes(expected.text)) {
    return `the answer does not contain ${expected.text}`;
  }
  return compare(body, expected.body ?? {}, 'body');
}

function compare(actual, expected, path) {
  if (typeof expected === 'string' && Object.hasOwn(KINDS, expected)) {
    return KINDS[expected](actual) ? undefined : `${path} is ${show(actual)}, not ${expected}`;
  }
  if (typeof expected !== 'object' || expected === null) {
    return Object.is(actual, expected)
      ? undefined
      : `${path} is ${show(actual)}, not ${show(expected)}`;
  }
  if (typeof actual !== 'object' || actual === null) return `${path} is ${show(actual)}`;
  if (Array.isArray(expected) && actual.length !== expected.length) {
    return `${path} has ${actual.length} elements, not ${expected.length}`;
  }
  for (const [key, inner] of Object.entries(expected)) {
    const problem = compare(actual[key], inner, `${path}.${key}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function show(value) {
  return JSON.stringify(value) ?? 'absent';
}
