/** How one thing is: as it should be, worth a look, or broken. */
export type FindingLevel = 'ok' | 'warn' | 'fail';

/** One line of the doctor's. */
export interface Finding {
  /** Stable, for scripts: `temporal`, `retention`, `worker-cloud`, `account`, … */
  readonly check: string;
  readonly level: FindingLevel;
  /** What was found, as a sentence. */
  readonly message: string;
  /** What to do about it; null when nothing is to be done. */
  readonly advice: string | null;
}

/** As it should be. */
export function createOk(check: string, message: string): Finding {
  return { check, level: 'ok', message, advice: null };
}

/** Works, and something should be mended or known. */
export function createWarning(check: string, message: string, advice: string): Finding {
  return { check, level: 'warn', message, advice };
}

/** Batches cannot run, or not safely. */
export function createFault(check: string, message: string, advice: string): Finding {
  return { check, level: 'fail', message, advice };
}

/** The worst of all levels. */
export function toWorst(findings: readonly Finding[]): FindingLevel {
  const levels = findings.map(({ level }) => level);
  if (levels.includes('fail')) return 'fail';
  return levels.includes('warn') ? 'warn' : 'ok';
}
