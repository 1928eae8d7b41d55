/** What a run is told on the command line and by the environment. */
import { parseArgs } from 'node:util';
import { CLIENTS } from './clients.mjs';
import { listCaseFiles } from './load-cases.mjs';

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
  file: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true, default: [] },
  'call-timeout-seconds': { type: 'string', default: '30' },
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
  otherZone: 'cn-hangzhou-i',
  otherVSwitch: 'vsw-2',
  securityGroup: 'sg-1',
  resourceGroup: 'rg-1',
  class: 'redis.master.small.default',
  largerClass: 'redis.master.mid.default',
  tairClass: 'tair.rdb.1g',
};

/**
 * @param {string[]} args - the command line
 * @returns {object} the run: where to, with which clients, keys and variables, and what it may do
 * @throws Error with a sentence, when something is absent or makes no sense
 */
export function readRun(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.endpoint === undefined) throw new Error('Name a server: --endpoint http://…');
  const endpoint = toEndpoint(values.endpoint);
  const effects = readEffects(values);
  return {
    ...{ endpoint, effects, isJson: values.json },
    clients: pick('client', { wanted: values.client, all: Object.keys(CLIENTS) }),
    files: pick('file', { wanted: values.file, all: listCaseFiles() }),
    maxPrice: readMaxPrice(values, effects),
    otherEndpoints: readOtherEndpoints(values),
    keys: readKeys(endpoint),
    variables: { ...DEFAULT_VARIABLES, ...readVariables(values.set) },
    callTimeoutMs: readMs(values, 'call-timeout-seconds'),
    waitMs: readMs(values, 'wait-seconds'),
    pollMs: readMs(values, 'poll-seconds'),
  };
}

/** What an option names that can be repeated; all there is without it. */
function pick(option, { wanted = [], all }) {
  const unknown = wanted.find((name) => !all.includes(name));
  if (unknown === undefined) return wanted.length > 0 ? wanted : all;
  throw new Error(`There is no ${option} '${unknown}', only: ${all.join(', ')}.`);
}

/** What cases may do: `order` places orders that must be refused, `buy` such as may be accepted. */
function readEffects({ readonly, orders, buy }) {
  if (readonly) return ['read'];
  return ['read', ...(orders || buy ? ['order'] : []), ...(buy ? ['buy'] : [])];
}

/** An order that must be refused may be accepted all the same: it needs a limit as well. */
function readMaxPrice(values, effects) {
  const maxPrice = Number(values['max-price'] ?? Number.NaN);
  if (effects.includes('order') && !(maxPrice > 0)) {
    const name = values.buy ? '--buy spends money' : '--orders spends money if one is accepted';
    throw new Error(`${name}: say how much at most, --max-price 1`);
  }
  return maxPrice;
}

function readMs(values, name) {
  const seconds = Number(values[name]);
  if (!(seconds > 0)) throw new Error(`--${name} takes a number of seconds, not ${values[name]}`);
  return seconds * 1_000;
}

function toEndpoint(text) {
  return text.replace(/\/$/, '');
}

/** Version → host, of the products that have one: the emulator serves all of them on its own. */
function readOtherEndpoints(values) {
  const given = Object.entries(OTHER_PRODUCTS).filter(([, name]) => values[name] !== undefined);
  return Object.fromEntries(given.map(([version, name]) => [version, toEndpoint(values[name])]));
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
