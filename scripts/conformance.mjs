/**
 * `node scripts/conformance.mjs --endpoint <url>`: runs the cases of test/conformance/cases against a
 * server that speaks the API, with several clients, and says where it differs. Cases that only read
 * run always; those that could place an order need `--orders`, and those that buy `--buy` and a
 * `--max-price`. Keys come from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and
 * ALIBABA_CLOUD_SECURITY_TOKEN; on this machine they may be left out. The service has other hosts for
 * Vpc, Location, Sts and BssOpenApi: `--vpc-endpoint` and the others name them.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CLIENTS } from '../test/conformance/clients.mjs';
import { runCase } from '../test/conformance/run-case.mjs';

const CASES_FOLDER = new URL('../test/conformance/cases/', import.meta.url);

/** Products with a host of their own at the service: version → the option that names it. */
const OTHER_PRODUCTS = {
  '2016-04-28': 'vpc-endpoint',
  '2015-06-12': 'location-endpoint',
  '2015-04-01': 'sts-endpoint',
  '2017-12-14': 'bss-endpoint',
};

const OPTIONS = {
  endpoint: { type: 'string' },
  ...Object.fromEntries(Object.values(OTHER_PRODUCTS).map((name) => [name, { type: 'string' }])),
  readonly: { type: 'boolean', default: false },
  orders: { type: 'boolean', default: false },
  buy: { type: 'boolean', default: false },
  'max-price': { type: 'string' },
  client: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true, default: [] },
  'wait-seconds': { type: 'string', default: '1200' },
  'poll-seconds': { type: 'string', default: '10' },
  json: { type: 'boolean', default: false },
};

/** Places of the emulator's world; for the real service they are given with `--set`. */
const DEFAULT_VARIABLES = {
  region: 'cn-hangzhou',
  zone: 'cn-hangzhou-h',
  vpc: 'vpc-1',
  vSwitch: 'vsw-1',
  class: 'redis.master.small.default',
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  const run = readRun(values);
  let failures = 0;
  for (const one of loadCases()) {
    for (const client of run.clients) {
      const result = await runOne(one, client, run);
      if (result.result === 'failed') failures += 1;
      process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : toLine(result));
    }
  }
  return failures === 0 ? 0 : 1;
}

function readRun(values) {
  if (values.endpoint === undefined) throw new Error('Name a server: --endpoint http://…');
  const endpoint = toEndpoint(values.endpoint);
  const clients = values.client ?? Object.keys(CLIENTS);
  const unknown = clients.find((name) => !Object.hasOwn(CLIENTS, name));
  if (unknown !== undefined) {
    throw new Error(`There is no client '${unknown}', only: ${Object.keys(CLIENTS).join(', ')}.`);
  }
  const maxPrice = Number(values['max-price'] ?? Number.NaN);
  if (values.buy && !(maxPrice > 0)) {
    throw new Error('--buy spends money: say how much at most an instance may cost, --max-price 1');
  }
  return {
    ...{ endpoint, clients, maxPrice },
    otherEndpoints: readOtherEndpoints(values),
    effects: readEffects(values),
    keys: readKeys(endpoint),
    variables: { ...DEFAULT_VARIABLES, ...readVariables(values.set) },
    waitMs: Number(values['wait-seconds']) * 1_000,
    pollMs: Number(values['poll-seconds']) * 1_000,
  };
}

function toEndpoint(text) {
  return text.replace(/\/$/, '');
}

/** Version → host, of the products that have one: the emulator serves all of them on its own. */
function readOtherEndpoints(values) {
  const given = Object.entries(OTHER_PRODUCTS).filter(([, name]) => values[name] !== undefined);
  return Object.fromEntries(given.map(([version, name]) => [version, toEndpoint(values[name])]));
}

/** What cases may do: `order` places orders that must be refused, `buy` such as must not. */
function readEffects({ readonly, orders, buy }) {
  if (readonly) return ['read'];
  return ['read', ...(orders || buy ? ['order'] : []), ...(buy ? ['buy'] : [])];
}

function readKeys(endpoint) {
  const { env } = process;
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname);
  const id = env.ALIBABA_CLOUD_ACCESS_KEY_ID ?? (isLocal ? 'testid' : undefined);
  const secret = env.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? (isLocal ? 'testsecret' : undefined);
  if (id === undefined || secret === undefined) {
    throw new Error('Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.');
  }
  const token = env.ALIBABA_CLOUD_SECURITY_TOKEN;
  return { id, secret, ...(token === undefined ? {} : { token }) };
}

function readVariables(pairs) {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, ...rest] = pair.split('=');
      if (!Object.hasOwn(DEFAULT_VARIABLES, name) || rest.length === 0) {
        throw new Error(`--set takes ${Object.keys(DEFAULT_VARIABLES).join('=…, ')}=…`);
      }
      return [name, rest.join('=')];
    }),
  );
}

function loadCases() {
  const files = readdirSync(CASES_FOLDER).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((name) => {
    const cases = JSON.parse(readFileSync(new URL(name, CASES_FOLDER), 'utf8'));
    return cases.map((one) => ({ ...one, file: name.replace('.json', '') }));
  });
}

async function runOne(one, client, run) {
  const { file, name, effect, confidence } = one;
  const about = { file, name, client, effect, confidence };
  if (!run.effects.includes(effect))
    return { ...about, result: 'skipped', why: `it is a ${effect}` };
  const endpoint = run.otherEndpoints[one.steps[0].version] ?? run.endpoint;
  const target = { endpoint, keys: run.keys };
  const unique = randomBytes(6).toString('hex');
  const context = { ...run, target, client, variables: { ...run.variables, unique } };
  const tooDear = effect === 'buy' ? await checkPrice(one, context) : undefined;
  if (tooDear !== undefined) return { ...about, result: 'failed', why: tooDear };
  const { problem: why } = await runCase(one, context);
  return why === undefined ? { ...about, result: 'passed' } : { ...about, result: 'failed', why };
}

/** The service's own price, asked before anything is bought; without an answer nothing is. */
async function checkPrice({ price }, context) {
  const expect = { body: { Order: { TradeAmount: '<text>' } } };
  const save = { amount: 'Order.TradeAmount' };
  const step = { action: 'DescribePrice', parameters: price, expect, save };
  const { problem, variables } = await runCase({ steps: [step] }, context);
  if (problem !== undefined) return `not bought, since it has no price: ${problem}`;
  if (Number(variables.amount) <= context.maxPrice) return undefined;
  return `not bought: it costs ${variables.amount}, and --max-price is ${context.maxPrice}`;
}

function toLine({ file, name, client, result, why, confidence }) {
  const mark = { passed: 'ok     ', failed: 'FAILED ', skipped: 'skipped' }[result];
  const reason = why === undefined ? '' : `: ${why}`;
  const note = result === 'failed' && confidence !== 'documented' ? ` (${confidence})` : '';
  return `${mark} ${file}: ${name}, ${client}${reason}${note}\n`;
}
