import { z } from 'zod';
import { CONDITION_KEYS } from './condition-keys';
import { CONDITION_OPERATORS, isComparable } from './condition-operators';

const textOrList = z
  .union([z.string().min(1), z.array(z.string().min(1))])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const plainValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** Operator → key → values; all operators and keys must hold, of the values one. */
const conditionSchema = z
  .record(
    z.string(),
    z.record(
      z.string(),
      z
        .union([plainValue, z.array(plainValue)])
        .transform((value) => (typeof value === 'string' ? [value] : value)),
    ),
  )
  .superRefine((condition, context) => {
    for (const message of listUnknown(condition)) context.addIssue({ code: 'custom', message });
  });

/** One statement, in the words of a RAM policy document, so that one can be pasted. */
const statementSchema = z
  .strictObject({
    Effect: z.enum(['Allow', 'Deny']),
    /** `kvstore:Describe*`. */
    Action: textOrList.optional(),
    /** All operations but these. */
    NotAction: textOrList.optional(),
    /** `acs:kvstore:cn-hangzhou:*:instance/*`. */
    Resource: textOrList.default(['*']),
    Condition: conditionSchema.default({}),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    error: 'A statement has either Action or NotAction.',
  });

/** One statement of a RAM policy. */
export type Statement = z.infer<typeof statementSchema>;

const documentSchema = z.strictObject({ Version: z.literal('1'), Statement: z.array(z.unknown()) });

/** A list of statements, or the whole document in which they stand. */
const statementsSchema = z.preprocess((value, context) => {
  if (Array.isArray(value)) return value;
  const parsed = documentSchema.safeParse(value);
  if (parsed.success) return parsed.data.Statement;
  context.addIssue(
    `This is no list of statements, and no policy document: ${z.prettifyError(parsed.error)}`,
  );
  return z.NEVER;
}, z.array(statementSchema));

const ownPolicySchema = z.strictObject({
  /** Names of operations, `*` for all, that are refused to everybody. */
  deny: z.array(z.string()),
  /** When there are any, what none of them allows is denied. */
  statements: statementsSchema,
  /** Name of a RAM user or role → its own statements, in the place of those of all. */
  byPrincipal: z.record(z.string().min(1), statementsSchema),
});

/** Who may do what. */
export const ramPolicySchema = z.preprocess(toRamPolicy, ownPolicySchema);

/** Names of the members of a policy. */
export const RAM_POLICY_KEYS: readonly string[] = Object.keys(ownPolicySchema.shape);

/** The policy of an emulator. */
export type RamPolicy = z.infer<typeof ramPolicySchema>;

/** A document in the place of the policy is its statements. */
function toRamPolicy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('Statement' in value)) return value;
  const { Version, Statement, ...rest } = value as Record<string, unknown>;
  return { ...rest, statements: { Version, Statement } };
}

type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A sentence for each name and value in a condition that nothing is known of. */
function listUnknown(condition: Condition): string[] {
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!CONDITION_OPERATORS.includes(operator)) {
      return [
        `There is no operator ${operator} here. There are: ${CONDITION_OPERATORS.join(', ')}.`,
      ];
    }
    return Object.entries(keys).flatMap(([key, values]) => [
      ...((CONDITION_KEYS as readonly string[]).includes(key) ? [] : [sayUnknownKey(key)]),
      ...values
        .filter((value) => !isComparable(operator, value))
        .map((value) => `${operator} cannot compare ${key} with "${value}".`),
    ]);
  });
}

function sayUnknownKey(key: string): string {
  return `The emulator knows nothing about the condition key ${key}. It knows: ${CONDITION_KEYS.join(', ')}.`;
}
