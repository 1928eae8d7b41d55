import { z } from 'zod';
import { findFaultProblem } from './fault-checks';
import { describeProblem } from './schema-problem';

/** What a rule does to a call. */
export const FAULT_KINDS = [
  ...(['refuse', 'drop', 'reset', 'hang', 'status', 'html', 'empty'] as const),
  ...(['truncate', 'partial', 'delay', 'slow'] as const),
] as const;

/** Values of parameters are texts on the wire, whatever they were before. */
const values = z.record(
  z.string().min(1),
  z.union([z.string(), z.number(), z.boolean()]).transform(String),
);

/** One rule of the fault script. Unknown keys are errors. */
export const faultSchema = z.strictObject({
  /** What it is removed by; each rule has its own. */
  name: z.string().min(1).optional(),
  /** Action name; `*` is every action. */
  action: z.string().min(1).default('*'),
  /** Fires only when the call's parameters, as JSON or one by one, contain this text. */
  match: z.string().optional(),
  /** Fires only when the call has all of these parameters with these values. */
  parameters: values.optional(),
  /** Fires only when one entry of the call's `Instances` has all of these. */
  entry: values.optional(),
  /** Chance for each matching call. */
  probability: z.number().min(0).max(1).default(1),
  /** Makes the chance that of this rule alone, the same each time the rule is put in force. */
  seed: z.number().int().optional(),
  /** How often it fires at most; absent or null: without end. */
  count: z.number().int().nonnegative().nullish(),
  /** Fires only from so many milliseconds after `since` on. */
  fromMs: z.number().nonnegative().default(0),
  /** Fires only until so many milliseconds after `since`; absent or null: without end. */
  untilMs: z.number().positive().nullish(),
  /** `before`: the action does not execute. `after`: it executes, then the answer is spoilt. */
  when: z.enum(['before', 'after']).default('before'),
  kind: z.enum(FAULT_KINDS),
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
  /** How many calls it could have fired for. The control API shows it; a script may leave it out. */
  matched: z.number().int().nonnegative().default(0),
  /** How often it has fired. The control API shows it; a script may leave it out. */
  fired: z.number().int().nonnegative().default(0),
  /** When it was put in force, by ISO 8601. The control API shows it; a script may leave it out. */
  since: z.iso.datetime({ offset: true }).optional(),
});

/** One rule of the fault script, with its counts. */
export type Fault = z.infer<typeof faultSchema>;

const KEYS = Object.keys(faultSchema.shape);

const checkedFaultSchema = faultSchema.superRefine((fault, context) => {
  const problem = findFaultProblem(fault);
  if (problem === undefined) return;
  context.addIssue({ code: 'custom', path: [problem.member], message: problem.sentence });
});

/** A valid script, or a sentence that says which member is wrong and why. */
export type FaultListResult =
  | { readonly ok: true; readonly faults: Fault[] }
  | { readonly ok: false; readonly problem: string };

/** Checks a fault script: a JSON list of faults, or one alone. */
export function parseFaults(value: unknown): FaultListResult {
  const isOne = typeof value === 'object' && value !== null && !Array.isArray(value);
  const parsed = z.array(checkedFaultSchema).safeParse(isOne ? [value] : value);
  if (!parsed.success) return { ok: false, problem: describeProblem(parsed.error, KEYS) };
  const repeated = findRepeatedName(parsed.data);
  if (repeated === undefined) return { ok: true, faults: parsed.data };
  return { ok: false, problem: sayNameTaken(repeated) };
}

/** Two rules of one name could not be removed one by one. */
export function sayNameTaken(name: string): string {
  return `name: two rules cannot both be called ${name}. Give each a name of its own, or none.`;
}

function findRepeatedName(faults: readonly Fault[]): string | undefined {
  const seen = new Set<string>();
  for (const { name } of faults) {
    if (name === undefined) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}
