import { isGateFor, toBackOffMs, toGateKey, type Gate } from './gate';
import type { HomeEvent } from './home-event';
import type { ShardCommand, ShardContext } from './shard-event';
import { isHeld } from './shard-schedule';
import { getGroup, getHome, listPaths, type PathPlace, type Shard } from './shard-state';

/** What the gates need of the event that is being applied. */
export interface GatedRun {
  shard: Shard;
  readonly commands: ShardCommand[];
  readonly context: ShardContext;
  toHome(home: number, event: HomeEvent): void;
}

/** Closing, probing and opening the gates of a shard, within one event. */
export class ShardGates {
  constructor(private readonly run: GatedRun) {}

  /** Opens a gate whose probe went through, and sends the next probe after one that did not. */
  follow(): void {
    for (const gate of this.run.shard.gates) {
      if (this.listGated(gate).length === 0 && gate.probe === null) {
        this.openGate(gate);
      } else if (gate.probe !== null) {
        this.followProbe(gate, gate.probe);
      }
    }
  }

  /** Closes a gate, unless it is closed already, and waits for its first probe. */
  close(gate: Gate): void {
    if (this.run.shard.gates.some((other) => toGateKey(other) === toGateKey(gate))) return;
    this.run.shard = { ...this.run.shard, gates: [...this.run.shard.gates, gate], window: 1 };
    this.waitForProbe(gate);
  }

  private waitForProbe(gate: Gate): void {
    const { rules, nowMs } = this.run.context;
    const afterMs = toBackOffMs(gate.probes, rules.gateBackOffMinMs, rules.gateBackOffMaxMs);
    this.putGate({ ...gate, probe: null, nextProbeAtMs: nowMs + afterMs });
    this.run.commands.push({ type: 'probeAfter', gate: toGateKey(gate), afterMs });
  }

  /** Lets one path go through a closed gate on trial, if any may go. */
  startProbe(key: string): void {
    const gate = this.run.shard.gates.find((candidate) => toGateKey(candidate) === key);
    if (gate === undefined || gate.probe !== null) return;
    // Its next run sends it: what remains of the pause is nothing by now.
    if (this.run.shard.isDraining) {
      return this.putGate({ ...gate, nextProbeAtMs: this.run.context.nowMs });
    }
    const next = this.listGated(gate).find(
      ({ home }) => getGroup(this.run.shard, home.group).stopped === null,
    );
    if (isHeld(this.run.shard) || next === undefined) return this.waitForProbe(gate);
    this.putGate({
      ...gate,
      probe: { home: next.home.index, path: next.path.name },
      nextProbeAtMs: null,
    });
    this.run.toHome(next.home.index, { type: 'released', path: next.path.name });
  }

  private followProbe(gate: Gate, probe: PathPlace): void {
    const path = getHome(this.run.shard, probe.home).paths.find((each) => each.name === probe.path);
    switch (path?.phase) {
      case 'owned':
      case undefined:
        return this.openGate(gate);
      case 'gated':
      case 'parked':
      case 'skipped':
        return this.waitForProbe({ ...gate, probes: gate.probes + 1 });
      default:
        return;
    }
  }

  private openGate(gate: Gate): void {
    const key = toGateKey(gate);
    const gates = this.run.shard.gates.filter((other) => toGateKey(other) !== key);
    const released = this.listGated(gate);
    this.run.shard = { ...this.run.shard, gates };
    for (const { home, path } of released) {
      this.run.toHome(home.index, { type: 'released', path: path.name });
    }
  }

  private listGated(gate: Gate): ReturnType<typeof listPaths> {
    return listPaths(this.run.shard).filter(
      ({ home, path }) =>
        path.phase === 'gated' && path.refusal?.class === gate.cause && isGateFor(gate, home.group),
    );
  }

  private putGate(gate: Gate): void {
    const key = toGateKey(gate);
    const gates = this.run.shard.gates.map((other) => (toGateKey(other) === key ? gate : other));
    this.run.shard = { ...this.run.shard, gates };
  }
}
