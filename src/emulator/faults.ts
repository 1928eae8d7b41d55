import { z } from 'zod';
import type { Random } from './random';

/** One rule of the fault script. Unknown keys are errors. */
export const faultSchema = z.strictObject({
  /** Action name; `*` is every action. */
  action: z.string().min(1).default('*'),
  /** Fires only when the call's parameters, as JSON, contain this text. */
  match: z.string().optional(),
  /** Chance for each matching call. */
  probability: z.number().min(0).max(1).default(1),
  /** How often it fires at most; absent or null: without end. */
  count: z.number().int().nonnegative().nullish(),
  /** Fires only from so many milliseconds after `since` on. */
  fromMs: z.number().nonnegative().default(0),
  /** Fires only until so many milliseconds after `since`; absent or null: without end. */
  untilMs: z.number().positive().nullish(),
  /** `before`: the action does not execute. `after`: it executes, then the answer is spoilt. */
  when: z.enum(['before', 'after']).default('before'),
  kind: z.enum([
    'refuse',
    'drop',
    'reset',
    'hang',
    'status',
    'html',
    'empty',
    'truncate',
    'partial',
    'delay',
    'slow',
  ]),
  status: z.number().int().min(200).max(599).optional(),
  code: z.string().min(1).optional(),
  message: z.string().optional(),
  /** Sent as `x-acs-retry-after`, milliseconds. */
  retryAfterMs: z.number().nonnegative().optional(),
  /** `delay`, `slow`: how long; `hang`: the connection is cut after this time. Milliseconds. */
  delayMs: z.number().nonnegative().optional(),
  /** `partial`: so many ids of the committed instances are left out of the answer. */
  answerFewerBy: z.number().int().nonnegative().optional(),
  /** `partial`: so many fewer instances than asked for are created at all. */
  commitFewerBy: z.number().int().nonnegative().optional(),
  /** How often it has fired. The control API shows it; a script may leave it out. */
  fired: z.number().int().nonnegative().default(0),
  /** When it was put in force, by ISO 8601. The control API shows it; a script may leave it out. */
  since: z.iso.datetime({ offset: true }).optional(),
});

/** One rule of the fault script, with its count of firings. */
export type Fault = z.infer<typeof faultSchema>;

const isWindowOpen = ({ fromMs, untilMs }: Fault): boolean =>
  typeof untilMs !== 'number' || untilMs > fromMs;

const faultListSchema = z.array(
  faultSchema.refine(isWindowOpen, { path: ['untilMs'], error: 'has to be greater than fromMs' }),
);

/** A valid script, or a sentence that says which member is wrong and why. */
export type FaultListResult =
  | { readonly ok: true; readonly faults: Fault[] }
  | { readonly ok: false; readonly problem: string };

/** Checks a fault script: a JSON list of faults. */
export function parseFaults(value: unknown): FaultListResult {
  const parsed = faultListSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problem: z.prettifyError(parsed.error) };
  return { ok: true, faults: parsed.data };
}

interface FaultInForce extends Fault {
  readonly since: string;
}

/** The fault script in force. The first rule that matches and fires wins. */
export class FaultScript {
  private faults: FaultInForce[] = [];

  constructor(
    private readonly random: Random,
    private readonly nowMs: () => number,
  ) {}

  /** The rules with their counts. */
  list(): readonly Fault[] {
    return this.faults;
  }

  /** Replaces the whole script. */
  replace(faults: readonly Fault[]): void {
    this.faults = this.putInForce(faults);
  }

  /** Adds rules after those that are there, which keep their counts. */
  add(faults: readonly Fault[]): void {
    this.faults.push(...this.putInForce(faults));
  }

  /**
   * Picks the fault of one call and counts it.
   *
   * @param parametersJson - called only when a rule asks for a text
   */
  pick(action: string, parametersJson: () => string): Fault | undefined {
    for (const fault of this.faults) {
      if (!this.fires(fault, action, parametersJson)) continue;
      fault.fired += 1;
      return fault;
    }
    return undefined;
  }

  /** A rule that was in force before, and is put back, goes on. */
  private putInForce(faults: readonly Fault[]): FaultInForce[] {
    const since = new Date(this.nowMs()).toISOString();
    return faults.map((fault) => ({ ...fault, since: fault.since ?? since }));
  }

  private fires(fault: FaultInForce, action: string, parametersJson: () => string): boolean {
    if (fault.action !== '*' && fault.action !== action) return false;
    if (typeof fault.count === 'number' && fault.fired >= fault.count) return false;
    if (!this.isInWindow(fault)) return false;
    if (fault.match !== undefined && !parametersJson().includes(fault.match)) return false;
    return fault.probability >= 1 || this.random.next() < fault.probability;
  }

  private isInWindow({ since, fromMs, untilMs }: FaultInForce): boolean {
    if (fromMs === 0 && typeof untilMs !== 'number') return true;
    const ageMs = this.nowMs() - Date.parse(since);
    return ageMs >= fromMs && ageMs < (untilMs ?? Infinity);
  }
}
