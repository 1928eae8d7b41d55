import { z } from 'zod';

const textOrList = z
  .union([z.string().min(1), z.array(z.string().min(1))])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** The operators on texts; those on numbers, dates and addresses have no key here to look at. */
export const CONDITION_OPERATORS = [
  ...(['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase'] as const),
  ...(['StringLike', 'StringNotLike'] as const),
] as const;

/** One operator of a condition. */
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/** One statement, in the words of a RAM policy document, so that one can be pasted. */
export const statementSchema = z.strictObject({
  Effect: z.enum(['Allow', 'Deny']),
  /** `kvstore:Describe*`. */
  Action: textOrList,
  /** `acs:kvstore:cn-hangzhou:*:instance/*`. */
  Resource: textOrList.default(['*']),
  /** Operator → key → values; all operators and keys must hold, of the values one. */
  Condition: z
    .partialRecord(z.enum(CONDITION_OPERATORS), z.record(z.string(), textOrList))
    .default({}),
});

/** One statement of a RAM policy. */
export type Statement = z.infer<typeof statementSchema>;

/** Who may do what. `deny` are names of operations, `*` for all, that are refused to everybody. */
export const ramPolicySchema = z.strictObject({
  deny: z.array(z.string()),
  /** When there are any, what none of them allows is denied. */
  statements: z.array(statementSchema),
});

/** The policy of an emulator. */
export type RamPolicy = z.infer<typeof ramPolicySchema>;
