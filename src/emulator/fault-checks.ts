import { listOperations, listParameters } from './actions/action-table';
import { ENTRY_KEYS } from './actions/instances-parameter';
import type { Fault } from './faults';
import { sayUnknown } from './nearest-word';

/** What is wrong with a rule. */
export interface FaultProblem {
  readonly member: keyof Fault;
  readonly sentence: string;
}

/** The operation whose answer names what an order has created. */
export const PARTIAL_OPERATION = 'CreateInstances';

/** Every operation that has entries to look at. */
const ENTRY_OPERATIONS: readonly string[] = ['CreateInstances', 'DescribePrice'];

const ENVELOPE = ['status', 'code', 'message', 'retryAfterMs'] as const;

/** Members that only some kinds make something of. */
const OWN_MEMBERS = [
  ...ENVELOPE,
  ...(['delayMs', 'answerFewerBy', 'commitFewerBy'] as const),
] as const;

type OwnMember = (typeof OWN_MEMBERS)[number];

const MEMBERS_BY_KIND: Readonly<Record<Fault['kind'], readonly OwnMember[]>> = {
  refuse: ENVELOPE,
  drop: [],
  reset: [],
  hang: ['delayMs'],
  status: ENVELOPE,
  html: ['status', 'message'],
  empty: ['status'],
  truncate: ENVELOPE,
  partial: ['answerFewerBy', 'commitFewerBy'],
  delay: ['delayMs'],
  slow: ['delayMs'],
};

/** A rule that can have no effect, or not the one that it says, would let a test pass in vain. */
export function findFaultProblem(fault: Fault): FaultProblem | undefined {
  return (
    checkAction(fault) ??
    checkParameters(fault) ??
    checkEntry(fault) ??
    checkWindow(fault) ??
    checkOwnMembers(fault) ??
    checkKind(fault)
  );
}

function checkAction({ action }: Fault): FaultProblem | undefined {
  if (action === '*' || listOperations().includes(action)) return undefined;
  return { member: 'action', sentence: sayUnknown('operation', action, listOperations()) };
}

function checkParameters({ action, parameters = {} }: Fault): FaultProblem | undefined {
  const known = listParameters(action);
  const unknown = Object.keys(parameters).find((name) => !known.includes(toPattern(name)));
  if (unknown === undefined) return undefined;
  const what = action === '*' ? 'parameter' : `parameter of ${action}`;
  return { member: 'parameters', sentence: sayUnknown(what, unknown, known) };
}

/** `Tag.1.Key` is one of `Tag.N.Key`. */
function toPattern(name: string): string {
  return name.replace(/\.\d+(?=\.|$)/g, '.N');
}

function checkEntry({ action, entry }: Fault): FaultProblem | undefined {
  if (entry === undefined) return undefined;
  if (action !== '*' && !ENTRY_OPERATIONS.includes(action)) {
    const sentence = `${action} has no entries; ${ENTRY_OPERATIONS.join(' and ')} have.`;
    return { member: 'entry', sentence };
  }
  const known = new Set(ENTRY_KEYS.map((key) => key.toLowerCase()));
  const unknown = Object.keys(entry).find((key) => !known.has(key.toLowerCase()));
  if (unknown === undefined) return undefined;
  return { member: 'entry', sentence: sayUnknown('member of an entry', unknown, ENTRY_KEYS) };
}

function checkWindow({ fromMs, untilMs }: Fault): FaultProblem | undefined {
  if (typeof untilMs !== 'number' || untilMs > fromMs) return undefined;
  return { member: 'untilMs', sentence: 'It has to be greater than fromMs.' };
}

function checkOwnMembers(fault: Fault): FaultProblem | undefined {
  const own = findMembers(fault);
  const member = OWN_MEMBERS.find((each) => fault[each] !== undefined && !own.includes(each));
  if (member === undefined) return undefined;
  const kind = own === NOTHING_AFTER ? 'truncate with when: after' : fault.kind;
  const what = own.length === 0 ? 'none of these members' : own.join(', ');
  return { member, sentence: `It has no effect: ${kind} knows ${what}.` };
}

const NOTHING_AFTER: readonly OwnMember[] = [];

/** What is cut after the commit is the regular answer. */
function findMembers({ kind, when }: Fault): readonly OwnMember[] {
  return kind === 'truncate' && when === 'after' ? NOTHING_AFTER : MEMBERS_BY_KIND[kind];
}

function checkKind({ kind, action, delayMs, code, message }: Fault): FaultProblem | undefined {
  if ((kind === 'delay' || kind === 'slow') && delayMs === undefined) {
    return { member: 'delayMs', sentence: `${kind} needs it: how long, in milliseconds.` };
  }
  if (kind === 'partial' && action !== '*' && action !== PARTIAL_OPERATION) {
    const sentence = `partial has no effect on ${action}: only ${PARTIAL_OPERATION} answers with ids to leave out.`;
    return { member: 'action', sentence };
  }
  const hasNoCode = (kind === 'status' || kind === 'truncate') && code === undefined;
  if (!hasNoCode || message === undefined) return undefined;
  return { member: 'message', sentence: `It has no effect without a code: ${kind} answers none.` };
}
