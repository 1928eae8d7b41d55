import { setTimeout as lasts } from 'node:timers/promises';
import { waitFor } from '../support/wait-for';
import type { ChaosScene } from './chaos-scene';
import { countLive } from './cloud-account';
import type { Fault, PlannedFaults } from './fault-plan';

/** How often each kind of fault was there, so that nobody takes a quiet run for a hard one. */
export type FaultCounts = Partial<Record<Fault['kind'], number>>;

/**
 * Plays planned faults against a scene, one moment after the other, and mends what it broke.
 *
 * @returns the faults that the batch lived to see
 */
export async function playFaults(
  scene: ChaosScene,
  steps: readonly PlannedFaults[],
): Promise<FaultCounts> {
  const counts: FaultCounts = {};
  for (const step of steps) {
    if (!(await isReached(scene, step))) break;
    await Promise.all(step.faults.map((fault) => playFault(scene, fault)));
    for (const { kind } of step.faults) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** A batch may be over, or cancelled, before it has come that far. */
async function isReached(scene: ChaosScene, { whenLive, thenMs }: PlannedFaults): Promise<boolean> {
  const look = async () => (await countLive(scene.cloudUrl)) >= whenLive || scene.batch.isOver();
  await waitFor(look, (isThere) => isThere, 60_000);
  await lasts(thenMs);
  return !(await scene.batch.isOver());
}

async function playFault(scene: ChaosScene, fault: Fault): Promise<void> {
  switch (fault.kind) {
    case 'killWorker':
      return restartWorkers(scene, [fault.worker]);
    case 'killBothWorkers':
      return restartWorkers(scene, [0, 1]);
    case 'freezeWorker':
      scene.workers[fault.worker].freeze();
      await lasts(fault.lastsMs);
      return scene.workers[fault.worker].thaw();
    case 'killTemporal':
      await scene.temporal.kill();
      return scene.temporal.start();
    case 'cutTemporal':
      scene.temporalNetwork.refuse();
      await lasts(fault.lastsMs);
      return scene.temporalNetwork.mend();
    case 'cutCloud':
      scene.cloudNetwork.refuse();
      await lasts(fault.lastsMs);
      return scene.cloudNetwork.mend();
    case 'holdCloud':
      scene.cloudNetwork.holdAnswers();
      await lasts(fault.lastsMs);
      scene.cloudNetwork.cut();
      return scene.cloudNetwork.mend();
  }
}

async function restartWorkers(scene: ChaosScene, numbers: readonly (0 | 1)[]): Promise<void> {
  await Promise.all(numbers.map((number) => scene.workers[number].kill()));
  await scene.startWorkers(numbers);
}
