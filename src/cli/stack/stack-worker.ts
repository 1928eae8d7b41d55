import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalResult } from '../../local/local-result';
import { startProgram } from '../../local/ready-program';
import type { ReadyProgram } from '../../local/ready-program';
import type { CliContext } from '../cli-context';
import type { StackTemporal } from './local-stack';

/** What a worker of the stack is started with. */
export interface StackWorkerOptions {
  readonly folder: string;
  readonly temporal: StackTemporal;
  readonly emulatorUrl: string;
  readonly resultsFolder: string;
  /** Its configuration, as the config file has it. */
  readonly config: object;
}

/**
 * Starts a worker as a child. It gets the emulator's test key and a config file of its own, and
 * none of our settings, so that it can reach no real account whatever environment and folder hold.
 *
 * @param context - our own program, and the environment
 * @param options - addresses, folders, configuration
 */
export function startStackWorker(
  context: CliContext,
  options: StackWorkerOptions,
): Promise<LocalResult<ReadyProgram>> {
  const { folder, temporal } = options;
  const configFile = join(folder, 'config.yaml');
  // JSON is YAML.
  writeFileSync(configFile, `${JSON.stringify(options.config, null, 2)}\n`);
  return startProgram({
    name: 'worker',
    command: process.execPath,
    args: [context.programPath, 'worker'],
    logFile: join(folder, 'worker.log'),
    isOwnGroup: true,
    env: {
      ...toBlanked(
        context.env,
        temporal.isOwnServer ? ['TAIRFLEET_', 'TEMPORAL_'] : ['TAIRFLEET_'],
      ),
      TEMPORAL_ADDRESS: temporal.address,
      TAIRFLEET_READY_LINE: '1',
      TAIRFLEET_CONFIG: configFile,
      TAIRFLEET_CLOUD_ENDPOINT: options.emulatorUrl,
      TAIRFLEET_RESULTS_FOLDER: options.resultsFolder,
      // A server that was there before may not know our search attributes.
      TAIRFLEET_TUNING_IS_SEARCHABLE: `${temporal.isOwnServer}`,
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
    },
  });
}

/** A child inherits the environment; an empty variable counts as not set. */
function toBlanked(env: CliContext['env'], prefixes: readonly string[]): Record<string, string> {
  const inherited = Object.keys(env).filter((name) =>
    prefixes.some((prefix) => name.startsWith(prefix)),
  );
  return Object.fromEntries(inherited.map((name) => [name, '']));
}
