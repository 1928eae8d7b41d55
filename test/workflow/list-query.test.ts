import { Client, Connection } from '@temporalio/client';
import { chooseListQuery } from '../../src/service/list-query';
import { createNamespace } from '../support/namespace';

/** Which query a list asks the server, against a real one. */

let connection: Connection;
beforeAll(async () => {
  connection = await Connection.connect({ address: process.env.TAIRFLEET_TEST_TEMPORAL_ADDRESS! });
});
afterAll(() => connection.close());

const RARE = { phase: 'parked', needsOperator: true, tenant: "o'neil" } as const;

it('asks the server for a phase and for what needs a person, where it knows our search attributes', async () => {
  const client = new Client({ connection, namespace: 'default' });
  const query = await chooseListQuery(client, RARE);
  expect(query).toContain("(BatchPhase = 'parked' OR BatchPhase IS NULL)");
  expect(query).toContain('(BatchNeedsOperator = true OR BatchNeedsOperator IS NULL)');
  expect(query).toContain("WorkflowId STARTS_WITH 'batch/o''neil/'");
});

it('looks at every open batch where the namespace has no search attributes', async () => {
  const client = new Client({ connection, namespace: await createNamespace('bare') });
  const query = await chooseListQuery(client, RARE);
  expect(query).not.toContain('BatchPhase');
  expect(query).toContain(`ExecutionStatus = 'Running'`);
});
