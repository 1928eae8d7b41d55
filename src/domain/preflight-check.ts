import type { Unknown } from './preflight-facts';

/**
 * How something looks before it is ordered, from good to bad. `unknown` says that the cloud could not
 * be asked, which is no reason to think ill of it.
 */
export type PreflightVerdict = 'ok' | 'unknown' | 'warning' | 'impossible';

/** What a check is about. Stable, since scripts read it. */
export type CheckSubject =
  'zone' | 'class' | 'network' | 'addresses' | 'price' | 'names' | 'source' | 'backup' | 'capacity';

/** One thing that was looked at. */
export interface PreflightCheck {
  readonly about: CheckSubject;
  readonly verdict: PreflightVerdict;
  /** What is so, and what can be done about it; for `ok` what is so. */
  readonly message: string;
}

const SEVERITY: Readonly<Record<PreflightVerdict, number>> = {
  ok: 0,
  unknown: 1,
  warning: 2,
  impossible: 3,
};

/** The worst of verdicts; `ok` for none. */
export function toWorst(verdicts: readonly PreflightVerdict[]): PreflightVerdict {
  return verdicts.reduce<PreflightVerdict>(
    (worst, verdict) => (SEVERITY[verdict] > SEVERITY[worst] ? verdict : worst),
    'ok',
  );
}

/** A check that could not be made. */
export function toUnknownCheck(about: CheckSubject, fact: Unknown | undefined): PreflightCheck {
  const why = fact?.message ?? 'the cloud has no call for it.';
  return { about, verdict: 'unknown', message: `could not be asked: ${why}` };
}
