/** What a call orders, and what its answer says has been bought. */

const CREATE_ACTIONS = ['CreateInstance', 'CreateInstances', 'CreateTairInstance'];

/**
 * Read from the call as it is sent. Its `Instances` may be no JSON, on purpose.
 *
 * @returns {{ quantity: number } | undefined} undefined: the call orders nothing
 */
export function readOrder({ action, parameters = {} }) {
  if (!CREATE_ACTIONS.includes(action)) return undefined;
  const entries = parameters.Instances ?? '';
  const quantities = [...entries.matchAll(/"Quantity":(\d+)/g)].map(([, digits]) => Number(digits));
  return { quantity: Math.max(1, sum(quantities)) };
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

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
