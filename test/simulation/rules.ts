/**
 * The rules that can be switched off, to show that the simulator would notice: each is a lie that the
 * models around the real code tell it.
 */
export const RULES = [
  /** R4: only a proven first send makes a refusal definitive. */
  'proven-first-send',
  /** R2, R4: the proof names the run that made it. */
  'proof-is-data',
  /** R4: after a reset in the UI attempt 1 is not the first. */
  'scheduled-times',
  /** R2, R7: a run in doubt settles before it obeys an order that came early. */
  'doubt-before-orders',
  /** R2: another run in the list, or an instance by name, costs the proof. */
  'no-other-run',
  /** R2: a list that does not show the run itself says nothing. */
  'own-run-listed',
  /** R2: a reset run settles whatever a search shows. */
  'settle-after-reset',
  /** R2: a reset of a run that continued another one continues nothing. */
  'reset-continues-nothing',
  /** R2: a continued run proves what the one before had proven, and no more. */
  'stale-stays-stale',
  /** R5: a settle waits at all. */
  'settle-waits',
  /** R5: a settle waits out how late a request may still land. */
  'delay-in-settle-time',
  /** R5: a wait counts only in the run that awaited it. */
  'wait-of-this-run',
  /** R5: a settle deals to all paths of its home chunk, and gives its proof to no others. */
  'one-settle-for-all',
  /** R2, R5: owned slots keep the proof they have. */
  'owned-keep-their-proof',
  /** R5: a settle that is carried into the next run waits anew. */
  'settle-waits-anew',
  /** R5: healthy ones are dealt before failed ones. */
  'healthy-first',
  /** R5: when an instance is left over, nobody gets the proof. */
  'leftover-costs-proof',
  /** R6: the same token again at once only while the service still knows it. */
  'token-outlives-settle',
  /** R5: when a look-up shows some, others may still show up. */
  'some-is-in-doubt',
  /** R5: fewer ids than asked are in doubt. */
  'short-answer-is-ambiguous',
  /** R3: nothing is sent by an old attempt. */
  'send-window',
  /** R3: nothing is sent by an attempt that Temporal no longer waits for when it begins. */
  'asks-first',
  /** R3: nothing is sent after an old look. */
  'fresh-look-up',
  /** R7: a path in doubt takes no new token before it is settled. */
  'settle-before-retry',
  /** R7: a path in doubt does not end before it is settled. */
  'settle-before-end',
  /** R8: paths of a home chunk take turns. */
  'turns',
  /** R8: a path that settles has its turn until it is settled. */
  'settling-is-open',
  /** R8: a look-up has no filter by time. */
  'no-time-filter',
  /** R8: what is owned or was replaced is never adopted. */
  'ignored-ids',
  /** R8: what was replaced is never adopted. */
  'replaced-are-ignored',
  /** A slot is bought again no more often than the request allows. */
  'replacements-end',
  /** R8: an answer with ignored ids means the token is spent. */
  'spent-token',
  /** R1: the token depends on the body. */
  'body-in-token',
  /** R11: a second run cuts the batch as the first one did. */
  'frozen-plan',
  /** R9: the audit settles before it looks. */
  'audit-settles',
  /** R9: the audit compares sets, not counts. */
  'audit-compares-sets',
  /** R9: what the audit finds is offered to empty slots before it is called an orphan. */
  'audit-offers-first',
  /** R9: what a settle leaves over is no orphan before the audit says so. */
  'orphans-at-the-end',
  /** R9: what a settle does not need for one path may be another one's of the same home chunk. */
  'surplus-of-the-home-chunk',
  /** A placement that costs more than its cap is not used. */
  'bars-hold',
  /** R12: a group whose names find nothing parks. */
  'positive-control',
] as const;

/** One of them. */
export type Rule = (typeof RULES)[number];
