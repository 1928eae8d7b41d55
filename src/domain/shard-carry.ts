import { toGateKey } from './gate';
import type { HomeChunk } from './home-chunk-state';
import type { HomeCommand } from './home-event';
import type { Proof, Unsettled } from './proof';
import type { ShardCommand, ShardContext, ShardEvent, ShardStep } from './shard-event';
import { ShardRun } from './shard-run';
import type { Shard } from './shard-state';

/**
 * How a shard goes from one run into the next by continue-as-new: drained, carried as plain JSON, and
 * resumed. Timers and activities stay behind, so the next run gives their commands anew.
 */

/**
 * Whether nothing is in flight whose answer the state waits for, apart from the looks of settles,
 * which the interpreter counts: no create, no positive control.
 */
export function isQuiet(shard: Shard): boolean {
  return (
    shard.groups.every((group) => group.control !== 'running') &&
    shard.homes.every((home) => home.paths.every((path) => path.phase !== 'creating'))
  );
}

/** What a run that goes on with a carried shard knows besides. */
export interface ResumeOptions {
  /**
   * What `prove` answered when this run could not continue the old one's proof (say, after a reset):
   * everything settles first. Null when it could.
   */
  readonly doubt?: Unsettled | null;
  /** Orders that came before: nothing is sent that the last of them forbids. */
  readonly orders?: readonly ShardEvent[];
}

/**
 * Goes on with a carried shard. Every settle begins anew: the wait of the old run does not count in
 * this one (rule R5), and its activity says from when it does. Ids that were waited for are not in the
 * commands; whoever carried them waits for them again.
 *
 * @param shard - as the old run left it, with the proofs that hold in this one
 * @param context - of this run
 * @param options - doubt, and orders that came early
 */
export function resumeShard(
  shard: Shard,
  context: ShardContext,
  { doubt = null, orders = [] }: ResumeOptions = {},
): ShardStep {
  const run = new ShardRun({ ...shard, isDraining: false }, context);
  for (const home of shard.homes) {
    for (const command of listLeftBehind(home)) run.obey(home.index, command);
  }
  if (doubt !== null) run.apply({ type: 'doubt', ...doubt });
  for (const order of orders) run.apply(order);
  const step = run.finish();
  return { ...step, commands: [...step.commands, ...listProbes(step, context.nowMs)] };
}

/**
 * Gives the proof of this run to what the run that it continues had proven (rule R2, "continued"), be
 * it owned or not. What was stale there stays stale.
 *
 * @param carried - the proof of the run that this one continues
 * @param proof - the proof of this run
 */
export function withContinuedProof(shard: Shard, carried: Proof, proof: Proof): Shard {
  const homes = shard.homes.map((home) => ({
    ...home,
    paths: home.paths.map((path) =>
      path.proof?.runId === carried.runId ? { ...path, proof } : path,
    ),
  }));
  return { ...shard, homes };
}

/** The settles and pauses that the old run had under way. */
function listLeftBehind({ isSettling, paths }: HomeChunk): readonly HomeCommand[] {
  const pauses = paths
    .filter((path) => path.phase === 'backingOff')
    .map(({ name, rounds }): HomeCommand => ({ type: 'backOff', path: name, rounds }));
  return isSettling ? [{ type: 'settle', afterMs: 0 }, ...pauses] : pauses;
}

/** The pauses of gates that wait for their next probe; those that this step began have theirs. */
function listProbes({ shard, commands }: ShardStep, nowMs: number): readonly ShardCommand[] {
  const begun = new Set(
    commands.flatMap((command) => (command.type === 'probeAfter' ? [command.gate] : [])),
  );
  return shard.gates
    .filter((gate) => gate.nextProbeAtMs !== null && !begun.has(toGateKey(gate)))
    .map((gate) => ({
      type: 'probeAfter',
      gate: toGateKey(gate),
      afterMs: Math.max(0, (gate.nextProbeAtMs ?? nowMs) - nowMs),
    }));
}
