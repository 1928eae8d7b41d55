import type { Chance, ChoicePoint } from './chance';
import type { FaultKind } from './faults';

/** A choice as it was made: which option of how many. */
export interface Choice {
  readonly option: number;
  readonly options: number;
  /** Whether an option other than the first is a fault: there may be so many in a run. */
  readonly isFault: boolean;
}

/** Moments of a crash, ms after the start of an attempt: before, during and after its send. */
const CRASH_MS = [0, 15, 35, 300];

/**
 * How many options are tried of a list, where more than the first one are: of refusals those that go
 * different ways, to the gate, to the next placement, to a person.
 */
const TRIED: Partial<Record<ChoicePoint, number>> = { refusal: 3, hearing: 2, lateness: 6 };

/**
 * Chance that follows a script of choices, and takes the first option, which is the calm one, where the
 * script ends. It notes what it chose from, so that all scripts can be enumerated.
 */
export class ChoiceOracle implements Chance {
  readonly made: Choice[] = [];
  private faults = 0;

  constructor(
    private readonly script: readonly number[],
    private readonly faultsMax: number,
  ) {}

  isHit(): boolean {
    return false;
  }

  between(min: number, max: number, point: ChoicePoint = 'detail'): number {
    if (point === 'entry') return min + this.choose(max - min + 1);
    if (point === 'crash') return CRASH_MS[this.choose(CRASH_MS.length)] ?? min;
    return min;
  }

  upTo(maxMs: number, point: ChoicePoint = 'detail'): number {
    if (point === 'arrival') return [maxMs, 30_000][this.choose(2)] ?? maxMs;
    return point === 'visibility' && this.isStruck() ? maxMs : 0;
  }

  pick<T>(list: readonly T[], point: ChoicePoint = 'detail'): T {
    const different = [...new Set(list)].slice(0, TRIED[point] ?? 1);
    return different[this.choose(different.length)]!;
  }

  isStruck(_kind?: FaultKind): boolean {
    if (this.faults >= this.faultsMax) return false;
    const isStruck = this.choose(2, true) === 1;
    if (isStruck) this.faults += 1;
    return isStruck;
  }

  private choose(options: number, isFault = false): number {
    if (options === 1) return 0;
    const option = this.script[this.made.length] ?? 0;
    this.made.push({ option, options, isFault });
    return option;
  }
}

/** The script of the next run, depth first; null when there is none. */
export function toNextScript(made: readonly Choice[]): readonly number[] | null {
  const last = made.findLastIndex(({ option, options }) => option + 1 < options);
  if (last < 0) return null;
  return [...made.slice(0, last).map(({ option }) => option), made[last]!.option + 1];
}
