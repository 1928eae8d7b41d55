import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../src/contract/search-attributes';
import { findTemporal } from '../../src/local/temporal-binary';
import { startTemporalServer } from '../../src/local/temporal-server';

/** The server all tests of a run share. */
export interface TestServer {
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts a Temporal server of the run's own, or uses the one `TEMPORAL_ADDRESS` names. Tests with
 * a server are the normal case: where none can be had, the run fails and says what to install.
 *
 * @param folder - for its file and log
 */
export async function provideTestServer(folder: string): Promise<TestServer> {
  const found = await findTemporal({ onDownload: report });
  if (!found.ok) {
    throw new Error(`${found.message} Or leave these tests out: TAIRFLEET_TEST_NO_SERVER=1.`);
  }
  report(found.value.description);
  if (found.value.kind === 'address') {
    await registerSearchAttributes(found.value.address);
    return { address: found.value.address, stop: () => Promise.resolve() };
  }
  const started = await startTemporalServer({
    binaryPath: found.value.path,
    dbFile: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
    searchAttributes: SEARCH_ATTRIBUTES,
  });
  if (!started.ok) throw new Error(started.message);
  return started.value;
}

async function registerSearchAttributes(address: string): Promise<void> {
  const { Connection } = await import('@temporalio/client');
  const { temporal } = await import('@temporalio/proto');
  const connection = await Connection.connect({ address });
  const { IndexedValueType } = temporal.api.enums.v1;
  const types: Record<string, number> = {
    Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
    Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  };
  try {
    const known = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    const missing = SEARCH_ATTRIBUTES.filter(({ name }) => !(name in known.customAttributes));
    if (missing.length === 0) return;
    await connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, types[type]!])),
    });
  } finally {
    await connection.close();
  }
}

function report(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
