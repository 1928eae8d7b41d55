import { ChaosScene } from './chaos-scene';
import { WORKER_CONFIG } from './scene-settings';
import { createFaultPlan, PLAN_SLOTS, type FaultPlan } from './fault-plan';
import { playFaults, type FaultCounts } from './fault-player';
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
  const options = { slots: PLAN_SLOTS, seed, cloud: plan.cloud, worker: toWorkerConfig(plan) };
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

function toWorkerConfig({ worker, steps }: FaultPlan): object {
  const { plan, tuning } = WORKER_CONFIG;
  const faults = steps.flatMap((step) => step.faults);
  // A worker can freeze between signing and sending: real signatures are void by then.
  const frozenMs = faults.map((fault) => (fault.kind === 'freezeWorker' ? fault.lastsMs : 0));
  const signatureValidityMs = Math.max(WORKER_CONFIG.safety.signatureValidityMs, ...frozenMs);
  const safety = { ...WORKER_CONFIG.safety, signatureValidityMs };
  return {
    plan: { ...plan, shardSlots: worker.shardSlots },
    safety: { ...safety, tokenLifetimeMs: worker.tokenLifetimeMs },
    tuning: { ...tuning, continueAfterEvents: worker.continueAfterEvents },
  };
}
