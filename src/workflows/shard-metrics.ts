import { metricMeter } from '@temporalio/workflow';
import { createMetrics, type Metrics } from '../contract/metric-writer';
import { toGateKey, type Gate } from '../domain/gate';
import type { ShardSlice } from '../domain/plan';
import type { ShardCommand } from '../domain/shard-event';
import { getHome, type Shard } from '../domain/shard-state';
import { getGroup, getPlacement, type ChunkContext } from './chunk-input';

/** Measures what a shard decides. A replay decides the same again, and the SDK's meter is silent then. */
export class ShardMetrics {
  private readonly metrics: Metrics = createMetrics(metricMeter);
  private readonly region: string;

  constructor(
    private readonly context: ChunkContext,
    slice: ShardSlice,
  ) {
    this.region = slice.region;
  }

  /** Takes one step, before its commands are run. */
  note(before: Shard, after: Shard, commands: readonly ShardCommand[]): void {
    for (const command of commands) {
      if (command.type === 'settle') this.metrics.count('tairfleet_settles', this.place);
      if (command.type === 'awaitReady') this.noteOwned(after, command);
    }
    if (before.gates !== after.gates) this.noteGates(before.gates, after.gates);
  }

  private get place(): { readonly region: string } {
    return { region: this.region };
  }

  private noteOwned(
    shard: Shard,
    { home: index, path: name, ids }: Extract<ShardCommand, { type: 'awaitReady' }>,
  ): void {
    const home = getHome(shard, index);
    const group = getGroup(this.context.request, home.group);
    const rank = home.paths.find((path) => path.name === name)?.placement ?? 0;
    const instanceClass = getPlacement(group, rank).instanceClass ?? group.spec.instanceClass;
    const labels = { ...this.place, instance_class: instanceClass ?? 'by-capacity' };
    this.metrics.count('tairfleet_instances_owned', labels, ids.length);
  }

  private noteGates(before: readonly Gate[], after: readonly Gate[]): void {
    const isIn = (gates: readonly Gate[], gate: Gate): boolean =>
      gates.some((other) => toGateKey(other) === toGateKey(gate));
    for (const gate of after.filter((each) => !isIn(before, each))) {
      this.metrics.count('tairfleet_gate_closings', { ...this.place, gate: gate.cause });
    }
    for (const gate of before.filter((each) => !isIn(after, each))) {
      const seconds = (Date.now() - gate.sinceMs) / 1_000;
      this.metrics.record('tairfleet_gate_closed', { ...this.place, gate: gate.cause }, seconds);
    }
  }
}
