/**
 * What a person can do about orphans of an ended batch, as sentences.
 *
 * @param tenant - whose batch
 * @param batchId - which
 */
export function toOrphanSteps(tenant: string, batchId: string): readonly string[] {
  const name = `${tenant}/${batchId}`;
  return [
    `"tairfleet reconcile ${name} --adopt" takes those that fit a free slot into the result.`,
    `"tairfleet reconcile ${name} --delete-orphans --yes ${name}" deletes the PostPaid ones for good.`,
  ];
}
