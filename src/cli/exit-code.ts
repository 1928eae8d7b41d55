import type { Outcome } from '../domain/result';

/**
 * Exit codes by kind, documented in docs/cli.md. From 64 on they follow sysexits(3), so that a
 * script can tell "your file is wrong" from "nobody is there" without reading text.
 */
export const EXIT = {
  done: 0,
  failure: 1,
  /** The batch ended, and fewer instances are ready than asked. */
  partial: 2,
  /** `plan --detailed-exitcode`: something would be ordered. */
  planChanges: 2,
  /** `reconcile`: cloud and result differ. */
  differences: 2,
  cancelled: 3,
  usage: 64,
  invalidInput: 65,
  notFound: 66,
  unreachable: 69,
  conflict: 73,
  refused: 77,
  invalidConfig: 78,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** The exit code of a failure, by its stable code. */
const EXIT_BY_FAILURE: Readonly<Record<string, number>> = {
  usage: EXIT.usage,
  'needs-temporal': EXIT.usage,
  'invalid-request': EXIT.usage,
  'invalid-input': EXIT.invalidInput,
  'no-such-file': EXIT.notFound,
  'not-found': EXIT.notFound,
  'no-server': EXIT.unreachable,
  'no-worker': EXIT.unreachable,
  'no-emulator': EXIT.unreachable,
  'worker-busy': EXIT.unreachable,
  'rate-limited': EXIT.unreachable,
  'temporal-missing': EXIT.unreachable,
  'temporal-unusable': EXIT.unreachable,
  'temporal-not-ready': EXIT.unreachable,
  'port-in-use': EXIT.unreachable,
  'program-not-ready': EXIT.unreachable,
  conflict: EXIT.conflict,
  'plan-differs': EXIT.conflict,
  'price-differs': EXIT.conflict,
  refused: EXIT.refused,
  unauthenticated: EXIT.refused,
  forbidden: EXIT.refused,
  'already-finished': EXIT.refused,
  'not-finished': EXIT.refused,
  'not-confirmed': EXIT.refused,
  'invalid-config': EXIT.invalidConfig,
  interrupted: EXIT.interrupted,
};

const EXIT_BY_OUTCOME: Readonly<Record<Outcome, number>> = {
  succeeded: EXIT.done,
  partial: EXIT.partial,
  failed: EXIT.failure,
  cancelled: EXIT.cancelled,
};

/**
 * The exit code of a failure; 1 for what has no code of its own.
 *
 * @param code - stable code of the failure
 */
export function toFailureExitCode(code: string): number {
  return EXIT_BY_FAILURE[code] ?? EXIT.failure;
}

/**
 * The exit code of a batch that has ended.
 *
 * @param outcome - how it ended
 */
export function toOutcomeExitCode(outcome: Outcome): number {
  return EXIT_BY_OUTCOME[outcome];
}
