import { CHOICE_POINTS, type Chance, type ChoicePoint } from './chance';
import { FAULT_KINDS, type FaultKind } from './faults';

/** Choice points that there were before the kinds of faults had dice of their own. */
const FIRST_POINTS = 10;

/** Streams of the points that came later: those of the faults keep theirs. */
const LATER_STREAMS = 1_000;

/** One strike of a fault: its kind, and the how-manieth of this kind it is in its run. */
export type Strike = `${FaultKind}#${number}`;

/** A small seeded generator: mulberry32. */
class Dice {
  constructor(private state: number) {}

  /** At least 0, less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** The stream of a point's dice: never another one, since a seed is one run for ever. */
function toStream(point: ChoicePoint): number {
  const position = CHOICE_POINTS.indexOf(point);
  return position < FIRST_POINTS ? position : LATER_STREAMS + position;
}

/** The dice of a kind of faults, and how often it has struck. */
interface Fate {
  readonly dice: Dice;
  strikes: number;
}

/**
 * Seeded chance: one seed is one run, for ever and on every machine. Each choice point and each kind of
 * faults has dice of its own, so that a run without one of them meets the others much as before.
 */
export class Random implements Chance {
  /** Every strike so far. */
  readonly strikes: Strike[] = [];
  private readonly points = new Map<ChoicePoint, Dice>();
  private readonly fates = new Map<FaultKind, Fate>();

  /**
   * @param seed - of everything
   * @param spared - strikes that do not happen after all
   */
  constructor(
    private readonly seed: number,
    private readonly spared: ReadonlySet<Strike> = new Set(),
  ) {}

  isHit(probability: number, point: ChoicePoint = 'detail'): boolean {
    return probability > 0 && this.toDice(point).next() < probability;
  }

  between(min: number, max: number, point: ChoicePoint = 'detail'): number {
    return min + Math.floor(this.toDice(point).next() * (max - min + 1));
  }

  upTo(maxMs: number, point: ChoicePoint = 'detail'): number {
    return this.toDice(point).next() < 0.4 ? maxMs : this.between(0, maxMs, point);
  }

  pick<T>(list: readonly T[], point: ChoicePoint = 'detail'): T {
    return list[this.between(0, list.length - 1, point)]!;
  }

  /** A share: at least 0, less than 1. */
  share(point: ChoicePoint = 'detail'): number {
    return this.toDice(point).next();
  }

  isStruck(kind: FaultKind, probability: number): boolean {
    const fate = this.toFate(kind);
    if (fate.dice.next() >= probability) return false;
    fate.strikes += 1;
    const strike: Strike = `${kind}#${fate.strikes}`;
    if (this.spared.has(strike)) return false;
    this.strikes.push(strike);
    return true;
  }

  private toDice(point: ChoicePoint): Dice {
    const known = this.points.get(point);
    if (known !== undefined) return known;
    const dice = this.createDice(toStream(point));
    this.points.set(point, dice);
    return dice;
  }

  private toFate(kind: FaultKind): Fate {
    const known = this.fates.get(kind);
    if (known !== undefined) return known;
    const dice = this.createDice(FIRST_POINTS + FAULT_KINDS.indexOf(kind));
    const fate = { dice, strikes: 0 };
    this.fates.set(kind, fate);
    return fate;
  }

  private createDice(stream: number): Dice {
    const salt = Math.imul(stream + 1, 0x85ebca6b);
    return new Dice((Math.imul(this.seed + 1, 0x9e3779b1) ^ salt) >>> 0);
  }
}
