import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFailure } from '../../local/local-result';
import type { LocalResult } from '../../local/local-result';
import { startProgram } from '../../local/ready-program';
import type { ReadyProgram } from '../../local/ready-program';
import type { CliContext } from '../cli-context';
import type { StackTemporal } from './local-stack';
import { toBlankedVariables } from './blanked-variables';

const LOG_TAIL_LINES = 3;

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
 * none of our settings, so that it can reach no real account whatever environment and folder hold. The
 * variables that requests may name as secrets stay.
 *
 * @param context - our own program, and the environment
 * @param options - addresses, folders, configuration
 */
export async function startStackWorker(
  context: CliContext,
  options: StackWorkerOptions,
): Promise<LocalResult<ReadyProgram>> {
  const { folder, temporal } = options;
  const configFile = join(folder, 'config.yaml');
  const logFile = join(folder, 'worker.log');
  // JSON is YAML.
  writeFileSync(configFile, `${JSON.stringify(options.config, null, 2)}\n`);
  const started = await startProgram({
    name: 'worker',
    command: process.execPath,
    args: [context.programPath, 'worker'],
    logFile,
    isOwnGroup: true,
    env: {
      ...toBlankedVariables(
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
  if (started.ok) return started;
  return createFailure(started.code, `${started.message} It ends so:\n${readTail(logFile)}`);
}

function readTail(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}
