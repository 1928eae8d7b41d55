import { ChaosScene } from './chaos-scene';
import { createFaultPlan, PLAN_SLOTS, type FaultPlan } from './fault-plan';
import { playFaults, type FaultCounts } from './fault-player';
import type { WorkerChanges } from './scene-settings';
import { judge, type Verdict } from './verdict';

/** What came out of the faults of a seed. */
export interface ChaosRun extends Verdict {
  readonly plan: FaultPlan;
  /** Faults that the batch lived to see. */
  readonly faults: FaultCounts;
  /** Create calls whose answer the emulator spoilt, and all of its create calls. */
  readonly callsSpoilt: number;
  readonly createCalls: number;
  readonly outcome: string;
  readonly seconds: number;
}

/**
 * Runs a batch through all that a seed has drawn, with two workers.
 *
 * @param seed - a whole number; the plan derives from it alone
 * @throws Error when the batch does not come to its end
 */
export function runChaos(seed: number): Promise<ChaosRun> {
  const plan = createFaultPlan(seed);
  const startedMs = performance.now();
  const options = { slots: PLAN_SLOTS, seed, cloud: plan.cloud, worker: toWorkerChanges(plan) };
  return ChaosScene.run(options, async (scene) => {
    await scene.startWorkers([0, 1]);
    await scene.submit();
    const [faults] = await Promise.all([
      playFaults(scene, plan.steps),
      plan.cancelWhenLive === null ? null : scene.cancelWhenLive(plan.cancelWhenLive),
    ]);
    const outcome = await scene.finish();
    return {
      ...judge(outcome),
      plan,
      faults,
      callsSpoilt: outcome.cloud.callsSpoilt,
      createCalls: outcome.cloud.createCalls.length,
      outcome: outcome.document.outcome,
      seconds: Math.round((performance.now() - startedMs) / 100) / 10,
    };
  });
}

function toWorkerChanges({ worker, steps }: FaultPlan): WorkerChanges {
  const { tokenLifetimeMs, shardSlots, continueAfterEvents } = worker;
  const faults = steps.flatMap((step) => step.faults);
  const frozenMs = faults.map((fault) => (fault.kind === 'freezeWorker' ? fault.lastsMs : 0));
  const longestMs = Math.max(...frozenMs);
  return {
    plan: { shardSlots },
    // A worker can freeze between signing and sending; a real signature is void by then.
    safety: { tokenLifetimeMs, ...(longestMs > 0 ? { signatureValidityMs: longestMs } : {}) },
    tuning: { continueAfterEvents },
  };
}
