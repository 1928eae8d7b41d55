import type { ControlAnswer, ControlInput } from '../contract/activity-types';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { toLookUpFailure } from './failures';
import { withHeartbeat } from './heartbeat';

/** Pause between two looks of the control, ms. */
const LOOK_PAUSE_MS = 1_000;

/**
 * The positive control (rule R12): the search by name must find all of the group's first ids within
 * the visibility lag; else look-ups could not protect the group.
 */
export function createControl(dependencies: ActivityDependencies) {
  const { cloud, clock, settle } = dependencies;
  return (input: ControlInput): Promise<ControlAnswer> =>
    withHeartbeat(async (life) => {
      const calls = new CallCounter();
      const startedMs = clock.monotonicMs();
      for (;;) {
        const { account, region, engine, name, ids } = input;
        const answer = await cloud.searchInstances({ account, region, engine, nameTag: name });
        if (answer.kind === 'failed') throw toLookUpFailure(`the control of ${name}`, answer);
        calls.add('DescribeInstances', answer.calls);
        const found = answer.value.filter((seen) => seen.name === name).map((seen) => seen.id);
        if (hasAll(found, ids)) return { calls: calls.toCounts(), refusal: null };
        const ageMs = clock.monotonicMs() - startedMs;
        if (ageMs > settle.visibilityLagMs) {
          return { calls: calls.toCounts(), refusal: toMismatch(name, ids.length, found.length) };
        }
        await life.pause(Math.min(LOOK_PAUSE_MS, settle.visibilityLagMs / 4));
        if (life.isStopping()) throw life.signal.reason;
      }
    });
}

function toMismatch(name: string, asked: number, found: number): ControlAnswer['refusal'] {
  return {
    class: 'unknown',
    code: 'control-failed',
    message: `the search for ${name} found ${found} instances where ${asked} were bought`,
  };
}

/** Names may find more, say what an earlier run bought under them: the closing audit judges that. */
function hasAll(found: readonly string[], ids: readonly string[]): boolean {
  const seen = new Set(found);
  return ids.every((id) => seen.has(id));
}
