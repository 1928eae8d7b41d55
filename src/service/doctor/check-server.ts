import type { Client } from '@temporalio/client';
import { SEARCH_ATTRIBUTES, toRegisterCommand } from '../../contract/search-attributes';
import { withinTime } from '../batch-run';
import { createFault, createOk, createWarning, type Finding } from './finding';

/** Shortest retention: rule R2 reads the list of closed runs, and a settle takes most of an hour. */
const RETENTION_MIN_HOURS = 24;

/** Temporal's server: its version, the namespace with its retention, the search attributes. */
export async function checkServer(client: Client): Promise<readonly Finding[]> {
  return [
    await checkVersion(client),
    await checkRetention(client),
    await checkSearchAttributes(client),
  ];
}

async function checkVersion(client: Client): Promise<Finding> {
  const info = await withinTime(client, () => client.workflowService.getSystemInfo({}));
  const version = info.serverVersion || 'of an unknown version';
  return createOk('temporal', `the server ${version} answers`);
}

async function checkRetention(client: Client): Promise<Finding> {
  const { namespace } = client.options;
  try {
    const { config } = await withinTime(client, () =>
      client.workflowService.describeNamespace({ namespace }),
    );
    const hours = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 3_600;
    if (hours >= RETENTION_MIN_HOURS) {
      return createOk('retention', `namespace '${namespace}' keeps closed runs for ${hours} h`);
    }
    return createFault(
      'retention',
      `namespace '${namespace}' keeps closed runs for ${hours} h only; a run that is forgotten ` +
        'cannot tell what it bought',
      `Raise it: temporal operator namespace update --namespace ${namespace} --retention 24h`,
    );
  } catch {
    return createFault(
      'retention',
      `namespace '${namespace}' is not there or may not be seen`,
      'Check TEMPORAL_NAMESPACE, or make it: temporal operator namespace create ' +
        `--namespace ${namespace} --retention 72h`,
    );
  }
}

async function checkSearchAttributes(client: Client): Promise<Finding> {
  const { namespace } = client.options;
  const known = await withinTime(client, () =>
    client.connection.operatorService.listSearchAttributes({ namespace }),
  ).catch(() => null);
  if (known === null) {
    return createWarning(
      'search-attributes',
      'the search attributes cannot be listed here',
      'Look in the Temporal UI whether BatchPhase is among them.',
    );
  }
  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => !(name in (known.customAttributes ?? {})));
  if (missing.length === 0) return createOk('search-attributes', 'all are registered');
  const names = missing.map(({ name }) => name).join(', ');
  return createWarning(
    'search-attributes',
    `${names} are not registered: a worker starts only with TAIRFLEET_TUNING_IS_SEARCHABLE=false`,
    `Register them: ${toRegisterCommand(namespace, missing)}`,
  );
}
