import { Client, Connection } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import type { ResultStore } from '../outbound/result-store';
import { createBatchService } from './batch-service';
import type { BatchService } from './batch-service';
import { createFailure, createSuccess } from './service-result';
import type { ServiceResult } from './service-result';

/** A service with its connection. */
export interface ConnectedService {
  readonly service: BatchService;
  /** Where it is connected to, for links and messages. */
  readonly server: { readonly address: string; readonly namespace: string };
  readonly close: () => Promise<void>;
}

/** Where the server is, and where results are kept. */
export interface ConnectOptions {
  readonly connection: ConnectionOptions;
  readonly namespace: string;
  readonly resultStore: ResultStore;
  /** Address of the result store, to be compared with the worker's. */
  readonly resultsLocation?: string;
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects to the Temporal server.
 *
 * @param options - address and keys, namespace, result store
 * @returns the service; `no-server` when nobody answers within 5 s
 */
export async function connectService(
  options: ConnectOptions,
): Promise<ServiceResult<ConnectedService>> {
  const address = options.connection.address ?? '127.0.0.1:7233';
  try {
    const connection = await Connection.connect({
      connectTimeout: CONNECT_TIMEOUT_MS,
      ...options.connection,
    });
    const client = new Client({ connection, namespace: options.namespace });
    const { resultStore, resultsLocation = null } = options;
    const service = createBatchService({ client, resultStore, resultsLocation });
    const server = { address, namespace: options.namespace };
    return createSuccess({ service, server, close: () => connection.close() });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return createFailure(
      'no-server',
      `No Temporal server answered at ${address} (${why}). Start one with "tairfleet up", or set ` +
        'TEMPORAL_ADDRESS to a running one.',
    );
  }
}
