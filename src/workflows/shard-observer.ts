import { log, metricMeter } from '@temporalio/workflow';
import { logEvent } from '../contract/log-writer';
import { createMetrics, type Metrics } from '../contract/metric-writer';
import { toGateKey, type Gate } from '../domain/gate';
import type { ChunkPath, HomeChunk } from '../domain/home-chunk-state';
import type { ShardSlice } from '../domain/plan';
import type { ShardCommand } from '../domain/shard-event';
import { getHome, type Shard } from '../domain/shard-state';
import { getGroup, getPlacement, type ChunkContext } from './chunk-input';

type Owned = Extract<ShardCommand, { type: 'awaitReady' }>;
type Doubt = Extract<ShardCommand, { type: 'settle' }>;

/** Measures and logs what a shard decides. A replay decides the same again, and the SDK is silent then. */
export class ShardObserver {
  private readonly metrics: Metrics = createMetrics(metricMeter);
  private readonly region: string;
  private readonly shard: number;

  constructor(
    private readonly context: ChunkContext,
    slice: ShardSlice,
  ) {
    this.region = slice.region;
    this.shard = slice.index;
  }

  /** Takes one step, before its commands are run. */
  note(before: Shard, after: Shard, commands: readonly ShardCommand[]): void {
    for (const command of commands) {
      if (command.type === 'settle') this.noteDoubt(after, command);
      if (command.type === 'awaitReady') this.noteOwned(after, command);
    }
    if (before.gates !== after.gates) this.noteGates(before.gates, after.gates);
    if (before.homes !== after.homes) this.noteParked(before.homes, after.homes);
  }

  private get place(): { readonly region: string } {
    return { region: this.region };
  }

  private noteDoubt(after: Shard, { home, afterMs }: Doubt): void {
    this.metrics.count('tairfleet_settles', this.place);
    const { name: instanceName } = getHome(after, home);
    logEvent(log, 'settle-begun', { shard: this.shard, instanceName, restMs: afterMs });
  }

  private noteOwned(after: Shard, { home: index, path: chunk, ids }: Owned): void {
    const home = getHome(after, index);
    const group = getGroup(this.context.request, home.group);
    const rank = home.paths.find((path) => path.name === chunk)?.placement ?? 0;
    const instanceClass = getPlacement(group, rank).instanceClass ?? group.spec.instanceClass;
    const labels = { ...this.place, instance_class: instanceClass ?? 'by-capacity' };
    const count = ids.length;
    this.metrics.count('tairfleet_instances_owned', labels, count);
    logEvent(log, 'chunk-owned', { shard: this.shard, chunk, instanceName: home.name, count });
  }

  private noteGates(before: readonly Gate[], after: readonly Gate[]): void {
    const isIn = (gates: readonly Gate[], gate: Gate): boolean =>
      gates.some((other) => toGateKey(other) === toGateKey(gate));
    for (const gate of after) if (!isIn(before, gate)) this.noteClosed(gate);
    for (const gate of before) if (!isIn(after, gate)) this.noteOpened(gate);
  }

  private noteClosed({ cause: gate, group, refusal }: Gate): void {
    this.metrics.count('tairfleet_gate_closings', { ...this.place, gate });
    const { class: errorClass, code, requestId = null } = refusal;
    const why = { class: errorClass, code, requestId };
    logEvent(log, 'gate-closed', { shard: this.shard, ...this.place, gate, group, ...why });
  }

  private noteOpened({ cause: gate, group, sinceMs }: Gate): void {
    const durationMs = Date.now() - sinceMs;
    this.metrics.record('tairfleet_gate_closed', { ...this.place, gate }, durationMs / 1_000);
    logEvent(log, 'gate-opened', { shard: this.shard, ...this.place, gate, group, durationMs });
  }

  /** A home chunk that a step leaves alone is the same object. */
  private noteParked(before: readonly HomeChunk[], after: readonly HomeChunk[]): void {
    for (const [index, home] of after.entries()) {
      const earlier = before[index];
      if (home === earlier) continue;
      const parked = new Set(earlier?.paths.filter(isParked).map(({ name }) => name));
      const paths = home.paths.filter((path) => isParked(path) && !parked.has(path.name));
      for (const path of paths) this.tellParked(home, path);
    }
  }

  private tellParked({ name: instanceName }: HomeChunk, path: ChunkPath): void {
    const { name: chunk, count: slots, refusal } = path;
    const what = { shard: this.shard, chunk, instanceName, slots };
    const why = { class: refusal?.class ?? null, code: refusal?.code ?? null };
    logEvent(log, 'chunk-parked', { ...what, ...why, requestId: refusal?.requestId ?? null });
  }
}

function isParked({ phase }: ChunkPath): boolean {
  return phase === 'parked';
}
