/** What a call orders, and what its answer says has been bought. */

const CREATE_ACTIONS = ['CreateInstance', 'CreateInstances', 'CreateTairInstance'];

/** Refusals that may come after the order has been executed. */
const DOUBTFUL_CODES = [
  ...['InternalError', 'ServiceUnavailable', 'Unkown.Exception', 'ProxyError'],
  ...['SignatureNonceUsed', 'RequestTokenConflict', 'TokenServiceError'],
];

/**
 * @typedef {object} Order
 * @property {number} quantity - instances
 * @property {string | undefined} name - of all of them
 * @property {string | undefined} instanceType - the kind, where it is not the usual one
 */

/**
 * Read from the call as it is sent. Its `Instances` may be no JSON, on purpose.
 *
 * @returns {Order | undefined} undefined: the call orders nothing
 */
export function readOrder({ action, parameters = {} }) {
  if (!CREATE_ACTIONS.includes(action)) return undefined;
  const entries = parameters.Instances ?? '';
  const quantities = [...entries.matchAll(/"Quantity":(\d+)/g)].map(([, digits]) => Number(digits));
  const name = parameters.InstanceName ?? /"InstanceName":"([^"]*)"/.exec(entries)?.[1];
  const { InstanceType: instanceType } = parameters;
  return { quantity: Math.max(1, sum(quantities)), name, instanceType };
}

/** All that a case would buy if every order in it were accepted, also those that must not be. */
export function countOrdered({ steps }) {
  return sum(steps.map((step) => readOrder(step)?.quantity ?? 0));
}

/** The ids that the answer to an order names, whether it was expected or not. */
export function readBoughtIds({ body }) {
  const ids = [body?.InstanceIds?.InstanceId, body?.InstanceId].flat();
  return ids.filter((id) => typeof id === 'string');
}

/** True when an order has certainly not been executed. */
export function isRefused({ status, body }) {
  const { Code: code } = body ?? {};
  return status >= 400 && status < 500 && code !== undefined && !DOUBTFUL_CODES.includes(code);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
