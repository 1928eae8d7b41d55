import type { ConditionOperator, RamPolicy, Statement } from './policy';

/** One thing that a call asks for. */
export interface AccessQuestion {
  /** The operation as permissions call it: `kvstore:CreateInstances`. */
  readonly action: string;
  /** `acs:kvstore:cn-hangzhou:1000000000000001:instance/*`. */
  readonly resource: string;
  /** Condition key → its value; a key that is absent has none. */
  readonly context: ReadonlyMap<string, string>;
}

/** Why a call is denied, in the words of the denial's detail; undefined: it is not. */
export type DenialReason = 'ExplicitDeny' | 'ImplicitDeny' | undefined;

/** As RAM does: a matching Deny wins, then a matching Allow; without either it is denied. */
export function evaluatePolicy(
  { deny, statements }: RamPolicy,
  operation: string,
  questions: readonly AccessQuestion[],
): DenialReason {
  if (deny.includes(operation) || deny.includes('*')) return 'ImplicitDeny';
  if (statements.length === 0) return undefined;
  const reasons = questions.map((question) => evaluate(statements, question));
  return reasons.find((reason) => reason === 'ExplicitDeny') ?? reasons.find(Boolean);
}

function evaluate(statements: readonly Statement[], question: AccessQuestion): DenialReason {
  const effects = statements
    .filter((statement) => isAbout(statement, question))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'ExplicitDeny';
  return effects.includes('Allow') ? undefined : 'ImplicitDeny';
}

function isAbout(statement: Statement, { action, resource, context }: AccessQuestion): boolean {
  return (
    statement.Action.some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase())) &&
    statement.Resource.some((pattern) => isLike(resource, pattern)) &&
    Object.entries(statement.Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        OPERATORS[operator as ConditionOperator](context.get(key), values),
      ),
    )
  );
}

type Operator = (actual: string | undefined, wanted: readonly string[]) => boolean;

/** A key without a value satisfies the negative operators only. */
const OPERATORS: Readonly<Record<ConditionOperator, Operator>> = {
  StringEquals: (actual, wanted) => wanted.some((text) => text === actual),
  StringNotEquals: (actual, wanted) => wanted.every((text) => text !== actual),
  StringEqualsIgnoreCase: (actual, wanted) =>
    wanted.some((text) => text.toLowerCase() === actual?.toLowerCase()),
  StringLike: (actual, wanted) =>
    wanted.some((text) => actual !== undefined && isLike(actual, text)),
  StringNotLike: (actual, wanted) =>
    wanted.every((text) => actual === undefined || !isLike(actual, text)),
};

/** `*` is any text, `?` any character. */
function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
