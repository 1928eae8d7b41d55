import type { PreflightInput } from '../../src/contract/preflight-types';
import type { Fact, PreflightFacts } from '../../src/domain/preflight-facts';

/** What of a cloud in which everything is fine a test wants to differ. */
export interface PreflightChanges {
  /** Price of one instance; null: nobody may know. */
  readonly amount?: string | null;
  readonly closedZones?: readonly string[];
  readonly taken?: number;
}

const DENIED = { kind: 'unknown', code: 'Forbidden.RAM', message: 'RAM says no.' } as const;

/** Answers all questions of a preflight. */
export function answerPreflight(
  { questions }: PreflightInput,
  { amount = '0.1625', closedZones = [], taken = 0 }: PreflightChanges = {},
): PreflightFacts {
  const price: PreflightFacts['prices'][number]['fact'] =
    amount === null ? DENIED : know({ amount, currency: 'CNY' });
  const zones = [...new Set(questions.sales.map(({ zone }) => zone))];
  return {
    zones: questions.regions.map((question) => ({
      question,
      fact: know(zones.map((zone) => ({ zone, isOpen: !closedZones.includes(zone) }))),
    })),
    sales: questions.sales.map((question) => ({
      question,
      fact: know({ engineVersions: [question.engineVersion], isAnythingListed: true }),
    })),
    networks: questions.networks.map((question) => ({
      question,
      vpc: know({ vpcId: question.vpcId, status: 'Available' }),
      vSwitches: DENIED,
    })),
    prices: questions.prices.map((question) => ({ question, fact: price })),
    names: questions.names.map((question) => ({ question, fact: know(taken) })),
  };
}

function know<Value>(value: Value): Fact<Value> {
  return { kind: 'known', value };
}
