import type { Action } from '../../../src/emulator/actions/action';
import { ACTIONS } from '../../../src/emulator/actions/action-table';
import { startBench } from './api-client';
import type { ApiAnswer, Bench } from './api-client';

/** Every name once: a refusal for lack of parameters is as good a call as any here. */
describe('each operation of the table', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control('POST', 'reset'));

  const send = ({ name, product }: Action, version = product.version): Promise<ApiAnswer> =>
    bench.call(name, { Version: version, AccountPassword: 'Sw0rdfish!!' });
  const sendAll = async (): Promise<[string, ApiAnswer][]> =>
    Promise.all(ACTIONS.map(async (action) => [action.name, await send(action)]));
  const forEach = (expected: (action: Action) => unknown): [string, unknown][] =>
    ACTIONS.map((action) => [action.name, expected(action)]);
  const toCodes = (answers: [string, ApiAnswer][]): unknown[] =>
    answers.map(([name, { json }]) => [name, json.Code]);

  it('is there once', () => {
    const keys = ACTIONS.map(({ name, product }) => `${product.version} ${name}`);
    expect([...new Set(keys)]).toEqual(keys);
  });

  it('is served, counted and logged without secrets', async () => {
    const answers = await sendAll();
    expect(toCodes(answers)).not.toContainEqual([expect.any(String), 'InvalidAction.NotFound']);
    const { calls } = (await bench.control('GET', 'stats')).json;
    expect(Object.keys(calls).sort()).toEqual(ACTIONS.map(({ name }) => name).sort());
    const logged = (await bench.lines('log')).map((entry) => [entry.action, entry]);
    const byName = new Map(logged as [string, unknown][]);
    expect(answers.map(([name]) => [name, byName.get(name)])).toEqual(
      answers.map(([name, { status, json }]) => [
        name,
        expect.objectContaining({
          requestId: json.RequestId,
          status,
          params: expect.objectContaining({ AccountPassword: '***' }),
        }),
      ]),
    );
  });

  it('belongs to its version only', async () => {
    const answers = await Promise.all(
      ACTIONS.map(async (action): Promise<[string, ApiAnswer]> => {
        const other = action.product.name === 'r-kvstore' ? '2016-04-28' : '2015-01-01';
        return [action.name, await send(action, other)];
      }),
    );
    expect(toCodes(answers)).toEqual(forEach(() => 'InvalidAction.NotFound'));
  });

  it('misses the first of its mandatory parameters', async () => {
    const answers = await sendAll();
    const mandatory = answers.filter(([name]) => firstMandatory(name) !== undefined);
    expect(mandatory.length).toBeGreaterThan(50);
    expect(toCodes(mandatory)).toEqual(
      mandatory.map(([name]) => [name, `Missing${firstMandatory(name)}`]),
    );
  });

  it('can be denied, under the name of its permission', async () => {
    await bench.control('PUT', 'config', { ramPolicy: { deny: ['*'] } });
    const answers = await sendAll();
    expect(toCodes(answers)).toEqual(forEach(() => 'Forbidden.RAM'));
    expect(answers.map(([name, { json }]) => [name, json.AccessDeniedDetail.AuthAction])).toEqual(
      forEach(({ name, product }) => `${product.ramPrefix}:${name}`),
    );
  });

  it('has a rate limit from the start, and can be throttled', async () => {
    const { rateLimits } = (await bench.control('GET', 'config')).json;
    expect(Object.keys(rateLimits).sort()).toEqual(ACTIONS.map(({ name }) => name).sort());
    const slow = Object.fromEntries(forEach(() => ({ perSecond: 0.001, burst: 1 })));
    await bench.control('PUT', 'config', { rateLimits: slow });
    await sendAll();
    expect(toCodes(await sendAll())).toEqual(forEach(() => 'Throttling.User'));
  });

  it('can be spoilt by the fault script', async () => {
    await bench.control('PUT', 'faults', [{ kind: 'refuse', code: 'Scripted' }]);
    expect(toCodes(await sendAll())).toEqual(forEach(() => 'Scripted'));
    const { calls } = (await bench.control('GET', 'stats')).json;
    expect(Object.values(calls)).toEqual(
      ACTIONS.map(() => expect.objectContaining({ received: 1, faulted: 1 })),
    );
  });
});

function firstMandatory(name: string): string | undefined {
  const { parameters } = ACTIONS.find((action) => action.name === name)!;
  return parameters.find(({ isRequired }) => isRequired)?.name;
}
