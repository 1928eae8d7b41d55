import { FAULT_KINDS } from './faults';
import type { Strike } from './random';
import { simulate, type SimulatedRun, type SimulationOptions } from './simulation';

/** A failing run, and with what its seed has to be run to see it. */
export interface Finding {
  readonly run: SimulatedRun;
  readonly options: SimulationOptions;
}

/** Numbers of slots that are tried instead of the drawn batch. */
const SLOTS = [1, 2, 3];

/** Of the time until which faults last; the last step is to the second. */
const SHARES = [0.25, 0.5, 0.75, 0.9];

/**
 * Makes a failing run as short as it gets: first whole kinds of faults go, then the time after the
 * last one that is needed, then slots, then single strikes. What is left still breaks an invariant
 * that the original has broken, and needs nothing but its seed and its options to be seen again.
 *
 * @param seed - of a run that breaks an invariant with these options
 * @returns null when it breaks none
 */
export function shrink(seed: number, options: SimulationOptions = {}): Finding | null {
  const run = simulate(seed, { ...options, isTraced: true });
  if (run.wrong.length === 0) return null;
  const shrinking = new Shrinking({ run, options });
  while (shrinking.goRound());
  return shrinking.best;
}

/** A run in full, for a person: the shortest that still shows what is wrong. */
export function explain(seed: number, options: SimulationOptions = {}): string {
  const finding = shrink(seed, options);
  if (finding === null) return `seed ${seed}: nothing is wrong`;
  const wrong = finding.run.wrong.map(({ invariant, detail }) => `${invariant}: ${detail}`);
  return [
    `seed ${seed}: ${wrong.join('; ')}`,
    `run with ${JSON.stringify(finding.options)}`,
    ...finding.run.trace,
  ].join('\n');
}

class Shrinking {
  private readonly broken: ReadonlySet<string>;

  constructor(public best: Finding) {
    this.broken = new Set(best.run.wrong.map(({ invariant }) => invariant));
  }

  /** Tries everything once; whether anything of it made the run shorter. */
  goRound(): boolean {
    const before = this.best;
    this.dropKinds();
    this.lowerEnd();
    this.lowerSlots();
    this.dropStrikes();
    return this.best !== before;
  }

  private dropKinds(): void {
    for (const kind of FAULT_KINDS) {
      const { options, run } = this.best;
      if (!run.strikes.some((strike) => strike.startsWith(`${kind}#`))) continue;
      this.take({ ...options, without: [...(options.without ?? []), kind] });
    }
  }

  private lowerEnd(): void {
    for (const share of SHARES) {
      const { options, run } = this.best;
      const untilMs = Math.ceil((run.untilMs * share) / 1_000) * 1_000;
      if (untilMs < run.untilMs) this.take({ ...options, untilMs });
    }
  }

  private lowerSlots(): void {
    for (const slots of SLOTS) {
      const { options } = this.best;
      if (slots >= (options.slots ?? Infinity)) return;
      this.take({ ...options, slots });
    }
  }

  private dropStrikes(): void {
    const tried = new Set<Strike>();
    for (;;) {
      const strike = this.best.run.strikes.findLast((each) => !tried.has(each));
      if (strike === undefined) return;
      tried.add(strike);
      const { options } = this.best;
      this.take({ ...options, spared: [...(options.spared ?? []), strike] });
    }
  }

  /** Keeps the run with these options if it fails alike, and says no more than the best so far. */
  private take(options: SimulationOptions): void {
    const run = simulate(this.best.run.seed, { ...options, isTraced: true });
    const isAlike = run.wrong.some(({ invariant }) => this.broken.has(invariant));
    if (isAlike && run.trace.length <= this.best.run.trace.length) this.best = { run, options };
  }
}
