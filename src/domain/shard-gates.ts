import {
  isCountedOut,
  isGateFor,
  toBackOffMs,
  toGateCause,
  toGateKey,
  type Gate,
  type GateSearch,
} from './gate';
import { afterFound, afterRefused, decideSearch, pickProbe, type Waiting } from './gate-search';
import type { ChunkPath } from './home-chunk-state';
import type { HomeEvent } from './home-event';
import type { ShardCommand, ShardContext } from './shard-event';
import { countInFlight, isHeld, listFreeHomes } from './shard-schedule';
import { getHome, listPaths, type PathPlace, type Shard } from './shard-state';

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
      } else if (gate.search !== null) {
        this.search(gate, gate.search);
      } else if (gate.isWanted === true && !isHeld(this.run.shard)) {
        this.startProbe(toGateKey(gate));
      }
    }
  }

  /** Closes a gate, or tells a closed one what was refused; what it does next is for `follow`. */
  close(gate: Gate): void {
    const known = this.run.shard.gates.find((other) => toGateKey(other) === toGateKey(gate));
    if (known !== undefined && isCountedOut(known)) {
      // Once the cloud has refused there may be more, or less, than was counted.
      return this.putGate({ ...known, refusal: gate.refusal, search: gate.search });
    }
    if (known !== undefined) {
      return this.putGate(afterRefused(known, gate.search?.below ?? Infinity));
    }
    this.run.shard = { ...this.run.shard, gates: [...this.run.shard.gates, gate], window: 1 };
    if (gate.search === null) this.waitForProbe(gate);
  }

  /** Tries the next part, once the answers of all calls in flight are known. */
  private search(gate: Gate, search: GateSearch): void {
    if (isHeld(this.run.shard) || countInFlight(this.run.shard) > 0) return this.putGate(gate);
    const move = decideSearch(search, this.listFree(gate));
    switch (move.do) {
      case 'end':
        return this.waitForProbe({ ...gate, search: null });
      case 'split':
        this.run.toHome(move.home.index, { type: 'split', path: move.path.name });
        return this.search(gate, search);
      case 'try': {
        const trying = { ...search, trying: move.path.count };
        return this.release({ ...gate, search: trying }, move);
      }
    }
  }

  private release(gate: Gate, { home, path }: Waiting): void {
    const probe = { home: home.index, path: path.name };
    this.putGate({ ...gate, probe, nextProbeAtMs: null });
    this.run.toHome(home.index, { type: 'released', path: path.name });
  }

  private waitForProbe(gate: Gate): void {
    const next = gate.isWanted === true ? this.pickNext(gate) : undefined;
    if (next !== undefined && !isHeld(this.run.shard)) return this.probe(gate, next);
    const { rules, nowMs } = this.run.context;
    // A probe of a halt asks nobody but ourselves, and whoever ends one expects to see it.
    const tries = gate.cause === 'halt' ? 0 : gate.probes;
    const afterMs = toBackOffMs(tries, rules.gateBackOffMinMs, rules.gateBackOffMaxMs);
    this.putGate({ ...gate, probe: null, nextProbeAtMs: nowMs + afterMs });
    this.run.commands.push({ type: 'probeAfter', gate: toGateKey(gate), afterMs });
  }

  /** Lets one path go through a closed gate on trial, if any may go. */
  startProbe(key: string): void {
    const gate = this.run.shard.gates.find((candidate) => toGateKey(candidate) === key);
    if (gate === undefined || gate.probe !== null || gate.search !== null) return;
    // Its next run sends it: what remains of the pause is nothing by now.
    if (this.run.shard.isDraining) {
      return this.putGate({ ...gate, nextProbeAtMs: this.run.context.nowMs });
    }
    const next = this.pickNext(gate);
    if (isHeld(this.run.shard) || next === undefined) return this.waitForProbe(gate);
    this.probe(gate, next);
  }

  /**
   * Probes on somebody's word: at once, or as soon as something may be sent. The answer to a probe that
   * is under way may be older than what was mended.
   */
  wantProbe(key: string): void {
    const gate = this.run.shard.gates.find((candidate) => toGateKey(candidate) === key);
    if (gate === undefined) return;
    this.putGate({ ...gate, isWanted: true });
    if (!isHeld(this.run.shard)) this.startProbe(key);
  }

  private probe(gate: Gate, next: Waiting): void {
    this.release({ ...gate, isWanted: false }, next);
  }

  private pickNext(gate: Gate): Waiting | undefined {
    return pickProbe(this.listFree(gate)) ?? pickProbe(this.listGated(gate));
  }

  private followProbe(gate: Gate, probe: PathPlace): void {
    const path = getHome(this.run.shard, probe.home).paths.find((each) => each.name === probe.path);
    const { search } = gate;
    switch (path?.phase) {
      case 'owned':
      case undefined:
        return search === null ? this.openGate(gate) : this.searchOn(gate, afterFound(search));
      case 'gated':
        if (search !== null && this.isAt(gate, path)) return this.searchOn(gate, search);
        return this.waitForProbe({ ...gate, search: null, probes: gate.probes + 1 });
      case 'parked':
      case 'skipped':
        return this.waitForProbe({ ...gate, search: null, probes: gate.probes + 1 });
      default:
        return;
    }
  }

  private searchOn(gate: Gate, search: GateSearch): void {
    const next = { ...search, trying: null };
    this.search({ ...gate, probe: null, search: next }, next);
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
        path.phase === 'gated' && this.isAt(gate, path) && isGateFor(gate, home.group),
    );
  }

  /** Those whose home chunk may send at once. */
  private listFree(gate: Gate): readonly Waiting[] {
    const free = new Set(listFreeHomes(this.run.shard));
    return this.listGated(gate).filter(({ home }) => free.has(home));
  }

  private isAt(gate: Gate, { refusal }: ChunkPath): boolean {
    return refusal !== null && toGateCause(refusal) === gate.cause;
  }

  private putGate(gate: Gate): void {
    const key = toGateKey(gate);
    const gates = this.run.shard.gates.map((other) => (toGateKey(other) === key ? gate : other));
    this.run.shard = { ...this.run.shard, gates };
  }
}
