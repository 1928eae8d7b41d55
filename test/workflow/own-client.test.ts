import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Client } from '@temporalio/client';
import * as ts from 'typescript';
import type { ResultDocument } from '../../src/domain/result';
import { startFleet, type Fleet } from '../support/fleet';
import { readSnippets } from '../support/snippets';

/** The function that docs/own-client.md shows, as it stands there. */
type Order = (
  client: Client,
  batch: { tenant: string; batchId: string; groups: readonly object[] },
  taskQueue: string,
) => Promise<ResultDocument>;

const GROUPS = [
  {
    name: 'cache',
    count: 3,
    spec: { instanceClass: 'redis.master.small.default', engineVersion: '5.0' },
    placements: [
      { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
    ],
  },
];

let fleet: Fleet;
beforeAll(async () => void (fleet = await startFleet()));
afterAll(() => fleet.close());

test('the documented client orders once, however often and at once it is called', async () => {
  const order = loadOrder();
  const batch = { tenant: 'payments', batchId: randomUUID(), groups: GROUPS };
  const [first, second] = await Promise.all([
    order(fleet.client, batch, fleet.taskQueue),
    order(fleet.client, batch, fleet.taskQueue),
  ]);
  const later = await order(fleet.client, batch, fleet.taskQueue);
  expect(first).toMatchObject({ outcome: 'succeeded', counts: { slots: 3, ready: 3 } });
  expect([second, later]).toEqual([first, first]);
  expect((await fleet.control.stats()).instances.live).toBe(3);
});

function loadOrder(): Order {
  const text = readSnippets('docs/own-client.md', 'ts')[0]!.text;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { order?: Order } = {};
  new Function('require', 'exports', outputText)(createRequire(__filename), exported);
  return exported.order!;
}
