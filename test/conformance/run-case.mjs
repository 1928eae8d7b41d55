/**
 * Runs one case: steps that each make a call and say what they expect. Values that a step saves, and
 * those of the run, stand for `${name}` in later ones.
 */
import { setTimeout } from 'node:timers/promises';
import { findMismatch } from './expectation.mjs';
import { Purchases } from './purchases.mjs';
import { releaseAll } from './release.mjs';
import { sendCall, toCall } from './send-call.mjs';
import { fill } from './variables.mjs';

/**
 * @param {object} one - the case, as cases/*.json have it
 * @param {object} run - `target`, `client` (a name of CLIENTS), `variables`, `waitMs`, `pollMs`
 * @returns {Promise<{ problem: string | undefined } & import('./release.mjs').Released>} what was wrong,
 *   undefined when nothing was; what was bought, and what is left of it
 */
export async function runCase(one, run) {
  const variables = { ...run.variables };
  const purchases = new Purchases();
  let problem;
  try {
    problem = await runSteps(one.steps, { ...run, variables, purchases });
  } catch (error) {
    problem = error.message;
  }
  return { problem, ...(await releaseAll(purchases, run)) };
}

async function runSteps(steps, run) {
  for (const [index, step] of steps.entries()) {
    const problem = await runStep(step, run);
    if (problem !== undefined) return `step ${index + 1}, ${step.action}: ${problem}`;
  }
  return undefined;
}

async function runStep(step, run) {
  const call = toCall(step, run);
  const expected = fill(step.expect, run.variables);
  const endsAt = Date.now() + (step.until === true ? run.waitMs : 0);
  for (;;) {
    const outcome = await sendCall(call, run);
    run.purchases.note(call, outcome);
    if (outcome.status === 0) return `no answer (${outcome.body.Code})`;
    const problem = findMismatch(outcome, expected);
    if (problem === undefined) {
      for (const [name, path] of Object.entries(step.save ?? {})) {
        run.variables[name] = String(readPath(outcome.body, path));
      }
      return undefined;
    }
    if (Date.now() >= endsAt) return problem;
    await setTimeout(run.pollMs);
  }
}

function readPath(value, path) {
  return path.split('.').reduce((inner, key) => inner?.[key], value);
}
