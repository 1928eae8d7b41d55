import type { ConditionContext } from './condition-keys';
import { createConditionTest } from './condition-operators';
import type { Statement } from './policy';
import { createWildcardTest } from './wildcard';

/** One thing that a call asks for. */
export interface AccessQuestion {
  /** The operation as permissions call it: `kvstore:CreateInstances`. */
  readonly action: string;
  /** `acs:kvstore:cn-hangzhou:1000000000000001:instance/*`. */
  readonly resource: string;
  readonly context: ConditionContext;
}

/** Why a call is denied, in the words of the denial's detail; undefined: it is not. */
export type DenialReason = 'ExplicitDeny' | 'ImplicitDeny' | undefined;

/** As RAM does: a matching Deny wins, then a matching Allow; without either it is denied. */
export function evaluateStatements(
  statements: readonly Statement[],
  questions: readonly AccessQuestion[],
): DenialReason {
  const reasons = questions.map((question) => evaluate(statements, question));
  return reasons.find((reason) => reason === 'ExplicitDeny') ?? reasons.find(Boolean);
}

function evaluate(statements: readonly Statement[], question: AccessQuestion): DenialReason {
  const effects = statements
    .filter((statement) => testOf(statement)(question))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'ExplicitDeny';
  return effects.includes('Allow') ? undefined : 'ImplicitDeny';
}

type StatementTest = (question: AccessQuestion) => boolean;

/** Kept for each statement, which lives as long as its policy. */
const TESTS = new WeakMap<Statement, StatementTest>();

function testOf(statement: Statement): StatementTest {
  const known = TESTS.get(statement);
  if (known !== undefined) return known;
  const test = createStatementTest(statement);
  TESTS.set(statement, test);
  return test;
}

/** True for a question that the statement is about. */
function createStatementTest(statement: Statement): StatementTest {
  const actions = createListTest(
    (statement.Action ?? statement.NotAction ?? []).map((pattern) => pattern.toLowerCase()),
  );
  const resources = createListTest(statement.Resource);
  const conditions = Object.entries(statement.Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      key,
      test: createConditionTest(operator, values),
    })),
  );
  const isAbout = statement.Action !== undefined;
  return ({ action, resource, context }) =>
    actions(action.toLowerCase()) === isAbout &&
    resources(resource) &&
    conditions.every(({ key, test }) => test(context.get(key)));
}

function createListTest(patterns: readonly string[]): (text: string) => boolean {
  const tests = patterns.map(createWildcardTest);
  return (text) => tests.some((test) => test(text));
}
