import { PARTIAL_OPERATION } from './fault-checks';
import { selectsCall } from './fault-selection';
import type { Fault } from './faults';
import type { Parameters } from './protocol/parameters';
import { createRandom } from './random';
import type { Random } from './random';

/** A rule that was put in force: it has what a script may leave out. */
interface FaultInForce extends Fault {
  readonly name: string;
  readonly since: string;
}

/** One call, as rules look at it. */
interface FaultableCall {
  readonly action: string;
  readonly parameters: Parameters;
}

/** The fault script in force. The first rule that matches and fires wins. */
export class FaultScript {
  private faults: FaultInForce[] = [];
  private namesGiven = 0;

  constructor(
    private readonly random: Random,
    private readonly nowMs: () => number,
  ) {}

  /** The rules with their names and counts. */
  list(): readonly FaultInForce[] {
    return this.faults;
  }

  /** Replaces the whole script. */
  replace(faults: readonly Fault[]): void {
    this.faults = [];
    this.add(faults);
  }

  /** Adds rules after those that are there, which keep their counts. */
  add(faults: readonly Fault[]): void {
    const since = new Date(this.nowMs()).toISOString();
    const taken = new Set([...this.faults, ...faults].map(({ name }) => name));
    for (const fault of faults) {
      // A rule that was in force before, and is put back, goes on.
      const name = fault.name ?? this.giveName(taken);
      this.faults.push({ ...fault, name, since: fault.since ?? since });
    }
  }

  /** The first of the names that a rule in force has as well. */
  findTaken(faults: readonly Fault[]): string | undefined {
    const taken = new Set(this.faults.map(({ name }) => name));
    return faults.find(({ name }) => name !== undefined && taken.has(name))?.name;
  }

  /** Removes the rules of these names; all others keep their counts. */
  remove(names: readonly string[]): void {
    this.faults = this.faults.filter(({ name }) => !names.includes(name));
  }

  /** Picks the fault of one call and counts it. */
  pick(call: FaultableCall): Fault | undefined {
    for (const fault of this.faults) {
      if (!this.concerns(fault, call)) continue;
      fault.matched += 1;
      if (!this.isDrawn(fault)) continue;
      fault.fired += 1;
      return fault;
    }
    return undefined;
  }

  private giveName(taken: ReadonlySet<string | undefined>): string {
    do this.namesGiven += 1;
    while (taken.has(`rule-${this.namesGiven}`));
    return `rule-${this.namesGiven}`;
  }

  private concerns(fault: FaultInForce, { action, parameters }: FaultableCall): boolean {
    if (fault.action !== '*' && fault.action !== action) return false;
    if (fault.kind === 'partial' && action !== PARTIAL_OPERATION) return false;
    if (typeof fault.count === 'number' && fault.fired >= fault.count) return false;
    return this.isInWindow(fault) && selectsCall(fault, parameters);
  }

  /** By the number of the call and not by a stream, so that a rule that is put back goes on. */
  private isDrawn({ probability, seed, matched }: FaultInForce): boolean {
    if (probability >= 1) return true;
    const random = seed === undefined ? this.random : createRandom(seed, `fault ${matched}`);
    return random.next() < probability;
  }

  private isInWindow({ since, fromMs, untilMs }: FaultInForce): boolean {
    if (fromMs === 0 && typeof untilMs !== 'number') return true;
    const ageMs = this.nowMs() - Date.parse(since);
    return ageMs >= fromMs && ageMs < (untilMs ?? Infinity);
  }
}
