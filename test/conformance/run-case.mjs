/**
 * Runs one case: steps that each make a call and say what they expect. Values that a step saves, and
 * those of the run, stand for `${name}` in later ones.
 */
import { findMismatch } from './expectation.mjs';
import { CLIENTS } from './clients.mjs';
import { sendV1 } from './sign-calls.mjs';

/** Of the product that most cases are about. */
const DEFAULT_VERSION = '2015-01-01';

/**
 * @param {object} one - the case, as cases/*.json have it
 * @param {object} run - `target`, `client` (a name of CLIENTS), `variables`, `waitMs`, `pollMs`
 * @returns {Promise<{ problem: string | undefined, variables: object }>} what was wrong, undefined when
 *   nothing was; and all values there were at the end
 */
export async function runCase(one, run) {
  const variables = { ...run.variables };
  let problem;
  try {
    problem = await runSteps(one.steps, { ...run, variables });
  } catch (error) {
    problem = error.message;
  }
  // What was bought is given back whatever happened, once each step's instance is known.
  const cleanup = (one.cleanup ?? []).filter((step) => isFilled(step, variables));
  const left = await runSteps(cleanup, { ...run, variables });
  return { problem: problem ?? left, variables };
}

async function runSteps(steps, run) {
  for (const [index, step] of steps.entries()) {
    const problem = await runStep(step, run);
    if (problem !== undefined) return `step ${index + 1}, ${step.action}: ${problem}`;
  }
  return undefined;
}

async function runStep(step, run) {
  const endsAt = Date.now() + (step.until === true ? run.waitMs : 0);
  for (;;) {
    const outcome = await send(step, run);
    const problem = findMismatch(outcome, fill(step.expect, run.variables));
    if (problem === undefined) {
      for (const [name, path] of Object.entries(step.save ?? {})) {
        run.variables[name] = String(readPath(outcome.body, path));
      }
      return undefined;
    }
    if (Date.now() >= endsAt) return problem;
    await new Promise((resolve) => setTimeout(resolve, run.pollMs));
  }
}

/** A step may name keys and a place of its own, to see what the gateway refuses. */
function send({ action, version = DEFAULT_VERSION, parameters = {}, keys, place }, run) {
  const call = { action, version, parameters: fill(parameters, run.variables) };
  const target = { ...run.target, keys: { ...run.target.keys, ...keys } };
  return place === undefined ? CLIENTS[run.client](target, call) : sendV1(target, call, place);
}

/** `${name}` in every text of a value, at any depth. */
function fill(value, variables) {
  const text = JSON.stringify(value).replace(/\$\{(\w+)\}/g, (_match, name) => {
    if (!(name in variables)) throw new Error(`there is no value for \${${name}}`);
    return JSON.stringify(variables[name]).slice(1, -1);
  });
  return JSON.parse(text);
}

function isFilled(step, variables) {
  const names = [...JSON.stringify(step).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  return names.every((name) => name in variables);
}

function readPath(value, path) {
  return path.split('.').reduce((inner, key) => inner?.[key], value);
}
