import type { CodeGroup } from './error-codes/code-group';
import { NEXT_STEPS } from './error-codes/next-steps';
import { ERROR_TABLE } from './error-table';
import type { ErrorClass } from './refusal';

/** What came back from a call, as far as it decides. */
export interface CallOutcomeCode {
  /** The service's code, or one of ours in lower case. */
  readonly code: string;
  /** HTTP status of the answer; null when there was none, or when it is not known. */
  readonly httpStatus: number | null;
}

/** What a code means, and what can be done about it. */
export interface Verdict {
  readonly class: ErrorClass;
  /** Whether the request was surely refused before execution, or never sent: send it again. */
  readonly isUnexecuted: boolean;
  /** Why it came, as a sentence. */
  readonly why: string;
  /** What an operator can do, as a sentence. */
  readonly nextStep: string;
  /** Whether the table knows the code; unlisted ones are counted, so that the table grows. */
  readonly isListed: boolean;
}

interface Row {
  readonly group: CodeGroup;
  readonly why: string;
}

interface PatternRow extends Row {
  readonly pattern: RegExp;
  readonly length: number;
}

const EXACT_ROWS = new Map<string, Row>();
const PATTERN_ROWS: PatternRow[] = [];

for (const group of ERROR_TABLE) {
  for (const [code, why] of Object.entries(group.codes)) {
    if (code.includes('*')) {
      PATTERN_ROWS.push({ group, why, pattern: toPattern(code), length: code.length });
    } else {
      EXACT_ROWS.set(toKey(code, group.httpStatus ?? null), { group, why });
    }
  }
}
PATTERN_ROWS.sort((left, right) => right.length - left.length);

/**
 * Decides what a code means. A code that nobody listed parks for a person, since money must not hang
 * on a guess; but whatever a 5xx says, it may have executed, unless the code itself tells that it was
 * refused at the door.
 */
export function classify({ code, httpStatus }: CallOutcomeCode): Verdict {
  const row = findRow(code, httpStatus);
  if (row === undefined) return toUnlistedVerdict(code, httpStatus);
  const { group, why } = row;
  const isUnexecuted = group.isUnexecuted === true;
  if (isServerError(httpStatus) && !isUnexecuted && group.isOurs !== true) {
    return {
      class: 'ambiguous',
      isUnexecuted: false,
      why: `${why} It came with HTTP ${httpStatus}, so it may have executed.`,
      nextStep: NEXT_STEPS.lookUp,
      isListed: true,
    };
  }
  return { class: group.class, isUnexecuted, why, nextStep: group.nextStep, isListed: true };
}

/** Whether we give this code ourselves: in an answer of the service it means nothing. */
export function isOurCode(code: string): boolean {
  return findRow(code, null)?.group.isOurs === true;
}

function toUnlistedVerdict(code: string, httpStatus: number | null): Verdict {
  if (isClientError(httpStatus)) {
    return {
      class: 'unknown',
      isUnexecuted: false,
      why: `The service refused with ${code}, which is not in the error table.`,
      nextStep:
        'Look the code up in the cloud documentation, fix its cause, then press retryFailed.',
      isListed: false,
    };
  }
  return {
    class: 'ambiguous',
    isUnexecuted: false,
    why: `It ended with ${code}, which is not in the error table, and may have executed.`,
    nextStep: NEXT_STEPS.lookUp,
    isListed: false,
  };
}

function findRow(code: string, httpStatus: number | null): Row | undefined {
  return (
    EXACT_ROWS.get(toKey(code, httpStatus)) ??
    EXACT_ROWS.get(toKey(code, null)) ??
    PATTERN_ROWS.find(({ pattern }) => pattern.test(code))
  );
}

function toKey(code: string, httpStatus: number | null): string {
  return `${code} ${httpStatus}`;
}

/** `*` stands for one or more characters. */
function toPattern(code: string): RegExp {
  const escaped = code.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.+');
  return new RegExp(`^${escaped}$`);
}

function isClientError(httpStatus: number | null): boolean {
  return Math.floor((httpStatus ?? 0) / 100) === 4;
}

function isServerError(httpStatus: number | null): boolean {
  return (httpStatus ?? 0) >= 500;
}
