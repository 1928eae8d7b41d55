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
  const problem = await runSteps(one, { ...run, variables, purchases });
  return { problem, ...(await releaseAll(purchases, run)) };
}

/** A long life that was paid for goes on after a difference (`goesOn`), unless it has not begun. */
async function runSteps({ steps, goesOn = false }, run) {
  const problems = [];
  for (const [index, step] of steps.entries()) {
    // A value can be absent, which an earlier step would have saved.
    const problem = await runStep(step, run).catch((error) => error.message);
    if (problem === undefined) continue;
    problems.push(`step ${index + 1}, ${step.action}: ${problem}`);
    if (!goesOn || index === 0) break;
  }
  return problems.length === 0 ? undefined : problems.join('; ');
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
