import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createSuccess } from '../../local/local-result';
import type { LocalResult } from '../../local/local-result';
import type { ReadyProgram } from '../../local/ready-program';
import type { CliContext } from '../cli-context';
import { startStackEmulator, startStackTemporal } from '../stack/local-stack';
import type { StackEmulator, StackTemporal } from '../stack/local-stack';
import { toStateFolder } from '../stack/running-stack';
import { startStackWorker } from '../stack/stack-worker';
import { DEMO_CLOUD, DEMO_CONFIG, DEMO_FAULTS, DEMO_SEED } from './demo-settings';
import { createEmulatorControl } from './emulator-control';
import type { EmulatorControl } from './emulator-control';

/** Everything that runs during the demo. */
export interface DemoStack {
  /** Where its databases, logs and results are. */
  readonly folder: string;
  readonly resultsFolder: string;
  readonly temporal: StackTemporal;
  readonly emulator: StackEmulator;
  readonly control: EmulatorControl;
  /** Starts a worker; the demo crashes the first one on purpose. */
  readonly startWorker: () => Promise<LocalResult<ReadyProgram>>;
  /** Process ids of what was started and runs on. */
  readonly listPids: () => readonly number[];
  /** Ends what was started, the last one first. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts Temporal and an emulator with faults, from nothing: what an earlier demo left is deleted.
 *
 * @param context - our own program, folders
 * @param quota - how many instances the emulated account may hold at first
 */
export async function startDemoStack(
  context: CliContext,
  quota: number,
): Promise<LocalResult<DemoStack>> {
  const folder = toStateFolder(context.cwd, 'demo');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const temporal = await startStackTemporal(context, folder);
  if (!temporal.ok) return temporal;
  const emulator = await startStackEmulator(context, folder, DEMO_SEED);
  if (!emulator.ok) {
    await temporal.value.stop();
    return emulator;
  }
  const control = createEmulatorControl(emulator.value.url);
  await control.configure({ ...DEMO_CLOUD, quota });
  await control.setFaults(DEMO_FAULTS);
  return createSuccess(
    createStack(context, { folder, control, temporal: temporal.value, emulator: emulator.value }),
  );
}

function createStack(
  context: CliContext,
  parts: Pick<DemoStack, 'folder' | 'control' | 'temporal' | 'emulator'>,
): DemoStack {
  const { folder, temporal, emulator } = parts;
  const resultsFolder = join(folder, 'results');
  const stops: (() => Promise<unknown>)[] = [temporal.stop, () => emulator.stop()];
  let workerPid: number | undefined;
  return {
    ...parts,
    resultsFolder,
    startWorker: async () => {
      const worker = await startStackWorker(context, {
        folder,
        temporal,
        emulatorUrl: emulator.url,
        resultsFolder,
        config: DEMO_CONFIG,
      });
      if (!worker.ok) return worker;
      stops.push(() => worker.value.stop());
      workerPid = worker.value.pid;
      return worker;
    },
    listPids: () => [temporal.pid, emulator.pid, workerPid].filter((pid) => pid !== undefined),
    stop: async () => {
      for (const stop of stops.reverse()) await stop();
    },
  };
}
