/**
 * `npm run conformance -- --endpoint <url>`: runs the cases of test/conformance/cases against a server
 * that speaks the API, with several clients, and says where it differs. Cases that only read run always;
 * those that place an order need `--orders` or `--buy`, and a `--max-price`. Keys come from
 * ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN; on this
 * machine they may be left out. The service has other hosts for Vpc, Location, Sts and BssOpenApi:
 * `--vpc-endpoint` and the others name them.
 */
import { randomBytes } from 'node:crypto';
import { createBudget } from '../test/conformance/budget.mjs';
import { loadCases } from '../test/conformance/load-cases.mjs';
import { toLeftLines, toLines } from '../test/conformance/report-case.mjs';
import { runCase } from '../test/conformance/run-case.mjs';
import { readRun } from '../test/conformance/run-options.mjs';

try {
  process.exitCode = await main(readRun(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function main(run) {
  let failures = 0;
  const warnings = [];
  const cases = loadCases(run.files);
  const budget = await prepareBudget(cases, run);
  for (const one of cases) {
    for (const client of run.clients) {
      const outcome = await runOne(one, client, { ...run, budget, hasLeft: warnings.length > 0 });
      const { file, name, effect, confidence } = one;
      const result = { file, name, client, effect, confidence, ...outcome };
      if (result.result === 'failed') failures += 1;
      warnings.push(...toLeftLines(result));
      process.stdout.write(run.isJson ? `${JSON.stringify(result)}\n` : toLines(result));
    }
  }
  // Once more at the end, where it is seen.
  warnings.forEach((line) => process.stderr.write(`${line}\n`));
  return failures === 0 ? 0 : 1;
}

/** Says the sum before the first purchase; undefined when nothing may be ordered. */
async function prepareBudget(cases, run) {
  const [client] = run.clients;
  const wanted = cases.filter(({ effect }) => run.effects.includes(effect));
  if (wanted.every(({ effect }) => effect === 'read')) return undefined;
  const target = { endpoint: run.endpoint, keys: run.keys };
  const budget = await createBudget(wanted, { ...run, target, client });
  process.stderr.write(`${budget.describe()}\n`);
  return budget;
}

async function runOne(one, client, run) {
  const { effect } = one;
  if (!run.effects.includes(effect)) return { result: 'skipped', why: `it is a ${effect}` };
  const endpoint = run.otherEndpoints[one.steps[0].version] ?? run.endpoint;
  const target = { endpoint, keys: run.keys };
  const unique = randomBytes(6).toString('hex');
  const context = { ...run, target, client, variables: { ...run.variables, unique } };
  const whyNot = effect === 'read' ? undefined : findObstacle(one, run);
  if (whyNot !== undefined) return whyNot;
  const { problem, ...purchases } = await runCase(one, context);
  if (purchases.bought.length > 0) run.budget?.noteAccepted(one);
  const isClean = toLeftLines(purchases).length === 0;
  const why = problem ?? (isClean ? undefined : 'not all that it bought was released');
  return { result: why === undefined ? 'passed' : 'failed', why, ...purchases };
}

/** Why nothing is ordered, if so. What must be refused anyway does not fail for its price. */
function findObstacle(one, run) {
  if (run.hasLeft) return { result: 'skipped', why: 'something may be left behind already' };
  const problem = run.budget.findProblem(one);
  if (problem === undefined) return undefined;
  return one.effect === 'buy'
    ? { result: 'failed', why: `not bought: ${problem}` }
    : { result: 'skipped', why: `not ordered: if it were accepted, ${problem}` };
}
