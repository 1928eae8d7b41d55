import type { SurveyAnswer, SurveyInput } from '../contract/survey-types';
import { AddressBook } from '../domain/address-book';
import type { FreeAddresses } from '../domain/address-deal';
import { askPrices } from './ask-prices';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { withHeartbeat } from './heartbeat';
import { askPatiently } from './preflight-patience';

/** When addresses that are not told count as unknown, ms: their count only saves calls. */
const ADDRESSES_MS = 10_000;

/** How long what was promised to one batch is kept from others, ms: until it has bought. */
const RESERVED_MS = 2 * 60_000;

/** Makes one kind of call for one batch, and counts it. */
interface Asking {
  readonly looks: ActivityDependencies['preflights'];
  readonly account: string;
  readonly life: AbortSignal;
  readonly calls: CallCounter;
}

/**
 * Asks the cloud what a batch must know of its placements before it buys: prices, where the request caps
 * them, and free addresses. Whatever it is not told is unknown; it never fails for that.
 */
export function createSurvey({ preflights: looks, clock }: ActivityDependencies) {
  const book = new AddressBook(RESERVED_MS);
  return (input: SurveyInput): Promise<SurveyAnswer> =>
    withHeartbeat(async ({ signal: life }) => {
      const { account, batch, demands } = input;
      const calls = new CallCounter();
      const asking: Asking = { looks, account, life, calls };
      const [prices, seen] = await Promise.all([
        askPrices(asking, input.prices),
        askAddresses(asking, input.networks),
      ]);
      const free = book.reserve(seen, { batch, demands, nowMs: clock.nowMs() });
      const addresses = [...free].map(([vSwitchId, count]) => ({ vSwitchId, free: count }));
      return { calls: calls.toCounts(), prices, addresses };
    });
}

async function askAddresses(
  asking: Asking,
  networks: SurveyInput['networks'],
): Promise<FreeAddresses> {
  const signal = AbortSignal.any([asking.life, AbortSignal.timeout(ADDRESSES_MS)]);
  const facts = await Promise.all(
    networks.map(async ({ region, vpcId, vSwitchIds }) => {
      const fact = await askPatiently(async () => {
        const target = { account: asking.account, region, signal };
        const answer = await asking.looks.listVSwitches({ ...target, vpcId });
        asking.calls.add('DescribeVSwitches', answer.calls);
        return answer;
      }, signal);
      const found = fact.kind === 'known' ? fact.value : [];
      return found.filter(({ vSwitchId }) => vSwitchIds.includes(vSwitchId));
    }),
  );
  const known = facts
    .flat()
    .flatMap(({ vSwitchId, freeIps }) => (freeIps === null ? [] : [[vSwitchId, freeIps] as const]));
  return new Map(known);
}
