import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyProgram } from '../../local/ready-program';
import type { BatchProgress } from '../../domain/progress';
import type { LiveView } from '../live/live-view';
import type { DemoStack } from './demo-stack';

/** Crashes the worker once, in the middle of the batch, and starts another one. */
export interface WorkerCrasher {
  /** Looks at the progress of the batch, and crashes the worker when it is time. */
  observe(progress: BatchProgress, view: LiveView): void;
}

/** Crash when this share of the slots is bought: calls are in flight then. */
const CRASH_AT_SHARE = 0.3;

const RESTART_AFTER_MS = 1_000;

/**
 * Builds the crasher.
 *
 * @param stack - starts the next worker
 * @param worker - the one that crashes
 */
export function createWorkerCrasher(stack: DemoStack, worker: ReadyProgram): WorkerCrasher {
  let isCrashed = false;
  const crash = async (view: LiveView): Promise<void> => {
    await worker.kill();
    view.note(`Killed the worker (kill -9, pid ${worker.pid}) in the middle of its calls.`);
    await sleep(RESTART_AFTER_MS);
    const next = await stack.startWorker();
    view.note(next.ok ? `Started another worker (pid ${next.value.pid}).` : next.message);
  };
  return {
    observe({ counts }, view) {
      const bought = counts.starting + counts.ready;
      if (isCrashed || bought < counts.slots * CRASH_AT_SHARE) return;
      isCrashed = true;
      void crash(view);
    },
  };
}
