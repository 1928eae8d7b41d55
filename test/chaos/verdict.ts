import type { ResultDocument } from '../../src/domain/result';
import type { CloudAccount } from './cloud-account';

/** How a batch ended, by its own account and by the cloud's. */
export interface ChaosOutcome {
  /** Slots of the request. */
  readonly asked: number;
  readonly document: ResultDocument;
  /** Ids of the stored result. */
  readonly ownedIds: ReadonlySet<string>;
  readonly cloud: CloudAccount;
}

/** What is wrong with the count; all 0 and empty when it is exact. */
export interface Verdict {
  /** Instances beyond those asked for. */
  readonly duplicates: number;
  /** Living instances that neither a slot owns nor the document lists. */
  readonly orphans: number;
  /** Slots without a living instance; of a cancelled batch, owned ids that do not live. */
  readonly lost: number;
  /** A sentence for everything that is wrong, those three included. */
  readonly problems: readonly string[];
}

/** Compares both accounts. A cancelled batch may own fewer, and must list what it does not own. */
export function judge(outcome: ChaosOutcome): Verdict {
  const { asked, document, ownedIds, cloud } = outcome;
  const isCancelled = document.outcome === 'cancelled';
  const listed = new Set(document.orphans.map(({ id }) => id));
  const livingOwned = [...ownedIds].filter((id) => cloud.liveIds.has(id)).length;
  const duplicates = Math.max(0, cloud.liveIds.size - asked);
  const orphans = [...cloud.liveIds].filter((id) => !ownedIds.has(id) && !listed.has(id)).length;
  const lost = (isCancelled ? ownedIds.size : asked) - livingOwned;
  const { counts } = document;
  const wrong: readonly (readonly [boolean, string])[] = [
    [duplicates > 0, `${cloud.liveIds.size} live, ${asked} were asked for`],
    [orphans > 0, `${orphans} live and are neither owned nor listed`],
    [lost !== 0, `${lost} are owned or asked for, and do not live`],
    [cloud.tokensOfTwoBodies.length > 0, `tokens of two bodies: ${cloud.tokensOfTwoBodies.join()}`],
    [document.missing.length > 0, `the document misses ${document.missing.join()}`],
    [!isCancelled && document.outcome !== 'succeeded', `the outcome is ${document.outcome}`],
    [
      !isCancelled && (counts.ready !== asked || counts.failed + counts.orphans > 0),
      `the document counts ${JSON.stringify(counts)}`,
    ],
  ];
  const problems = wrong.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
  return { duplicates, orphans, lost, problems };
}
