import { AddressRoom, withoutOverdrawn } from './address-pools';
import { leaveBarred, toBarStop, withBars } from './barred-placements';
import { createGate, toBackOffMs, toGateKey } from './gate';
import { applyToHome } from './home-chunk';
import type { HomeCommand, HomeEvent } from './home-event';
import { listOwnedIds, type Ending, type HomeChunk } from './home-chunk-state';
import { withParkedSince } from './parked-since';
import { isPriceRefusal, type PlacementBar } from './price-cap';
import type { Unsettled } from './proof';
import type { Refusal } from './refusal';
import type { ShardCommand, ShardContext, ShardEvent, ShardStep } from './shard-event';
import { ShardGates } from './shard-gates';
import { listSchedulable } from './shard-schedule';
import { getGroup, getHome, listPaths, type GroupState, type Shard } from './shard-state';
import { isCapacityKnown, listPassedOver, toDetour, withSoldOut, withStock } from './sold-out';

/** Status of an instance whose creation has failed for good (status page, 2025). */
const ENDED_IN_ERROR = 'Error';

/** One event's way through the shard: collects state and commands; lives only inside one call. */
export class ShardRun {
  readonly commands: ShardCommand[] = [];
  readonly gates = new ShardGates(this);

  constructor(
    public shard: Shard,
    readonly context: ShardContext,
  ) {}

  /** What follows from the event for the whole shard. */
  finish(): ShardStep {
    this.stopGroups();
    this.shard = leaveBarred(this.shard);
    do this.gates.follow();
    while (this.passOverSoldOut());
    this.schedule();
    return { shard: this.shard, commands: this.commands };
  }

  apply(event: ShardEvent): void {
    switch (event.type) {
      case 'start':
        return;
      case 'doubt':
        return this.doubt(event);
      case 'home':
        return this.applyHome(event.home, event.event);
      case 'controlled':
        return this.putGroup(event.group, {
          control: event.refusal === null ? 'passed' : 'failed',
          stopped: event.refusal ?? toBarStop(getGroup(this.shard, event.group)),
        });
      case 'probeDue':
        return this.gates.startProbe(event.gate);
      case 'readiness':
        return this.addReadiness(event);
      case 'pause':
        this.shard = { ...this.shard, isPaused: true };
        return;
      case 'resume':
        this.shard = { ...this.shard, isPaused: false };
        return;
      case 'drain':
        this.shard = { ...this.shard, isDraining: true };
        return;
      case 'hold':
        this.hold(event.refusal);
        return;
      case 'retry':
        return this.retry(event.paths);
      case 'skip':
        return this.skip(event.paths);
      case 'concurrency':
        return this.limit(event.chunksInFlight);
      case 'bars':
        return this.bar(event.bars);
      case 'unowned':
        return this.offer(event);
      case 'end':
        return this.end(event.ending);
    }
  }

  /** Parks what is left of a stopped group, also what comes back from a settle later. */
  private stopGroups(): void {
    for (const { group, stopped } of this.shard.groups) {
      if (stopped === null) continue;
      for (const { home, path } of listPaths(this.shard)) {
        if (home.group !== group) continue;
        this.toHome(home.index, { type: 'park', path: path.name, refusal: stopped });
      }
    }
  }

  private schedule(): void {
    for (const place of listSchedulable(this.shard)) {
      this.toHome(place.home, { type: 'schedule', path: place.path });
    }
  }

  /** Whether a path was led around a placement: it may have closed a gate, or made room for others. */
  private passOverSoldOut(): boolean {
    if (!isCapacityKnown(this.shard)) return false;
    const { nowMs } = this.context;
    const room = new AddressRoom(this.shard, nowMs);
    const detours = listSchedulable(this.shard).flatMap((place) => {
      const event = toDetour(this.shard, place, { nowMs, room });
      return event === null ? [] : [{ home: place.home, event }];
    });
    for (const { home, event } of detours) this.toHome(home, event);
    return detours.length > 0;
  }

  private doubt({ since, waitMs }: Unsettled): void {
    for (const { index } of this.shard.homes) this.toHome(index, { type: 'doubt', since, waitMs });
  }

  private applyHome(home: number, event: HomeEvent): void {
    const ownedBefore = this.commands.length;
    this.toHome(home, event);
    if (event.type === 'created') this.noteBought(home, event.path);
    const owned = this.commands.slice(ownedBefore).find((each) => each.type === 'awaitReady');
    const { group } = getHome(this.shard, home);
    if (owned === undefined || getGroup(this.shard, group).control !== 'pending') return;
    // A settle has found these by their name: that is the control.
    if (event.type === 'settled') return this.putGroup(group, { control: 'passed' });
    this.putGroup(group, { control: 'running' });
    this.commands.push({ type: 'control', group, home, ids: owned.ids });
  }

  toHome(index: number, event: HomeEvent): void {
    const { rules, nowMs } = this.context;
    const before = getHome(this.shard, index);
    const step = applyToHome(before, event, {
      transientRoundsMax: rules.transientRoundsMax,
      settleRoundsMax: rules.settleRoundsMax,
      placementCount: getGroup(this.shard, before.group).placementCount,
      firstPlacement: before.firstPlacement,
      soldOut: this.listSoldOut(before, event),
    });
    if (step.home !== before) {
      const home = withParkedSince(step.home, nowMs);
      this.shard = { ...this.shard, homes: this.shard.homes.with(index, home) };
    }
    for (const command of step.commands) this.obey(index, command);
  }

  /** Does what a home chunk asks of its shard, or passes it on to the interpreter. */
  obey(home: number, command: HomeCommand): void {
    const { rules, nowMs } = this.context;
    switch (command.type) {
      case 'create':
        this.commands.push({ ...command, home });
        return;
      case 'settle':
        this.commands.push({ type: 'settle', home, afterMs: command.afterMs });
        return;
      case 'backOff': {
        const { roundBackOffMinMs, roundBackOffMaxMs } = rules;
        const afterMs = toBackOffMs(command.rounds - 1, roundBackOffMinMs, roundBackOffMaxMs);
        this.commands.push({ type: 'backOff', home, path: command.path, afterMs });
        return;
      }
      case 'gated': {
        const { count, refusal } = command;
        const { group } = getHome(this.shard, home);
        return this.gates.close(createGate(refusal, { group, count }, nowMs));
      }
      case 'soldOut':
        return this.rememberSoldOut(home, command);
      case 'stopGroup':
        return this.putGroup(getHome(this.shard, home).group, { stopped: command.refusal });
      case 'hold':
        return this.hold(command.refusal);
      case 'owned':
        this.commands.push({ type: 'awaitReady', home, path: command.path, ids: command.ids });
        return;
    }
  }

  /** The latest refusal says why, and the first one since when. */
  private hold(refusal: Refusal): void {
    const sinceMs = this.shard.hold?.parkedAtMs ?? refusal.parkedAtMs ?? this.context.nowMs;
    this.shard = { ...this.shard, hold: { ...refusal, parkedAtMs: sinceMs } };
  }

  /** Something can be bought: more chunks may go at once, but not by what a search has found. */
  private noteBought(index: number, name: string): void {
    const { group, paths } = getHome(this.shard, index);
    const path = paths.find((each) => each.name === name);
    if (path !== undefined)
      this.putGroup(group, withStock(getGroup(this.shard, group), path.placement));
    this.shard = withoutOverdrawn(this.shard, { home: index, path: name }, this.context.nowMs);
    if (this.shard.gates.some(({ search }) => search !== null)) return;
    const window = Math.min(this.shard.concurrency, this.shard.window * 2);
    this.shard = { ...this.shard, window };
  }

  private rememberSoldOut(
    index: number,
    { placement, refusal }: { placement: number; refusal: Refusal },
  ): void {
    const { rules, nowMs } = this.context;
    if (rules.soldOutMemoryMs === 0) return;
    const { group } = getHome(this.shard, index);
    const untilMs = nowMs + rules.soldOutMemoryMs;
    this.putGroup(group, withSoldOut(getGroup(this.shard, group), placement, { refusal, untilMs }));
  }

  private listSoldOut(home: HomeChunk, event: HomeEvent): readonly number[] {
    const place = 'path' in event ? { home: home.index, path: event.path } : null;
    return listPassedOver(this.shard, { group: home.group, place }, this.context.nowMs);
  }

  private listParked(names: readonly string[] | null): ReturnType<typeof listPaths> {
    return listPaths(this.shard).filter(
      ({ path }) => path.phase === 'parked' && (names === null || names.includes(path.name)),
    );
  }

  private skip(names: readonly string[] | null): void {
    for (const { home, path } of this.listParked(names)) {
      this.toHome(home.index, { type: 'skip', path: path.name });
    }
  }

  /** A window that was narrowed by a gate widens by success, as ever. */
  private limit(concurrency: number): void {
    const { gates, window } = this.shard;
    const isOpen = gates.length === 0 && window === this.shard.concurrency;
    const next = isOpen ? concurrency : Math.min(window, concurrency);
    this.shard = { ...this.shard, concurrency, window: next };
  }

  private retry(names: readonly string[] | null): void {
    const parked = this.listParked(names);
    const groups = new Set(parked.map(({ home }) => home.group));
    this.shard = { ...this.shard, hold: null };
    for (const state of this.shard.groups) {
      if (groups.has(state.group)) this.reopenGroup(state);
    }
    for (const { home, path } of parked) {
      this.toHome(home.index, { type: 'retry', path: path.name });
    }
    for (const gate of this.shard.gates) this.gates.wantProbe(toGateKey(gate));
  }

  /** Lets a stopped group go on; a failed control is made again before its next chunk. */
  private reopenGroup(state: GroupState): void {
    const owner = listPaths(this.shard).find(
      ({ home, path }) => home.group === state.group && path.phase === 'owned',
    );
    if (state.control !== 'failed' || owner === undefined) {
      const control = state.control === 'failed' ? 'pending' : state.control;
      return this.putGroup(state.group, { stopped: toBarStop(state), control });
    }
    this.putGroup(state.group, { stopped: toBarStop(state), control: 'running' });
    this.commands.push({
      type: 'control',
      group: state.group,
      home: owner.home.index,
      ids: listOwnedIds(owner.home),
    });
  }

  /** Prices were asked again: what was parked because of them goes on where it may. */
  private bar(bars: readonly PlacementBar[]): void {
    this.shard = withBars(this.shard, bars);
    for (const { home, path } of this.listParked(null)) {
      const { stopped } = getGroup(this.shard, home.group);
      if (stopped !== null || !isPriceRefusal(path.refusal)) continue;
      this.toHome(home.index, { type: 'retry', path: path.name });
    }
  }

  /** A drain that the end has overtaken would hold the settles for a run that does not come. */
  private offer({ names, since }: Extract<ShardEvent, { type: 'unowned' }>): void {
    this.shard = { ...this.shard, isDraining: false };
    for (const { index, name } of this.shard.homes) {
      if (names.includes(name)) this.toHome(index, { type: 'doubt', since, waitMs: 0 });
    }
  }

  private end(ending: Ending): void {
    this.shard = { ...this.shard, ending, gates: [] };
    this.shard.homes.forEach((home) => this.toHome(home.index, { type: 'end', ending }));
  }

  private addReadiness(event: Extract<ShardEvent, { type: 'readiness' }>): void {
    const home = getHome(this.shard, event.home);
    const next = {
      ...home,
      readyCount: home.readyCount + event.readyCount,
      failed: [...home.failed, ...event.failed],
    };
    this.shard = { ...this.shard, homes: this.shard.homes.with(event.home, next) };
    for (const { id, status } of event.failed) {
      if (status === ENDED_IN_ERROR) this.replace(event.home, id);
    }
  }

  /** What is only late, or was taken away by a person, is not bought again. */
  private replace(index: number, id: string): void {
    const owner = getHome(this.shard, index).paths.find((path) => path.ids.includes(id));
    const { replacementsMax } = this.context.rules;
    if (owner === undefined || owner.replacement >= replacementsMax) return;
    this.toHome(index, { type: 'replace', id });
  }

  private putGroup(group: number, change: Partial<GroupState>): void {
    const groups = this.shard.groups.map((state) =>
      state.group === group ? { ...state, ...change } : state,
    );
    this.shard = { ...this.shard, groups };
  }
}
