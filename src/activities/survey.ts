import type { Answer, CallTarget } from '../cloud/port';
import type { SurveyAnswer, SurveyInput } from '../contract/survey-types';
import { AddressBook } from '../domain/address-book';
import type { FreeAddresses } from '../domain/address-deal';
import type { Fact } from '../domain/preflight-facts';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';
import { withHeartbeat } from './heartbeat';
import { askPatiently } from './preflight-patience';

/** When a price that is not told counts as unknown, ms: a cap waits for it, so it is worth a wait. */
const PRICE_MS = 90_000;

/** The same for addresses, whose count only saves calls. */
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

interface Question<Value> {
  readonly action: string;
  readonly signal: AbortSignal;
  readonly call: () => Promise<Answer<Value>>;
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

function askPrices(asking: Asking, offers: SurveyInput['prices']): Promise<SurveyAnswer['prices']> {
  const signal = within(asking, PRICE_MS);
  return Promise.all(
    offers.map(async (offer) => ({
      question: offer,
      fact: await ask(asking, {
        ...{ action: 'DescribePrice', signal },
        call: () => asking.looks.readPrice({ ...toTarget(asking, offer.region, signal), offer }),
      }),
    })),
  );
}

async function askAddresses(
  asking: Asking,
  networks: SurveyInput['networks'],
): Promise<FreeAddresses> {
  const signal = within(asking, ADDRESSES_MS);
  const facts = await Promise.all(
    networks.map(async ({ region, vpcId, vSwitchIds }) => {
      const fact = await ask(asking, {
        ...{ action: 'DescribeVSwitches', signal },
        call: () => asking.looks.listVSwitches({ ...toTarget(asking, region, signal), vpcId }),
      });
      const found = fact.kind === 'known' ? fact.value : [];
      return found.filter(({ vSwitchId }) => vSwitchIds.includes(vSwitchId));
    }),
  );
  const known = facts
    .flat()
    .flatMap(({ vSwitchId, freeIps }) => (freeIps === null ? [] : [[vSwitchId, freeIps] as const]));
  return new Map(known);
}

function ask<Value>(
  { calls }: Asking,
  { action, signal, call }: Question<Value>,
): Promise<Fact<Value>> {
  return askPatiently(async () => {
    const answer = await call();
    calls.add(action, answer.calls);
    return answer;
  }, signal);
}

function within({ life }: Asking, ms: number): AbortSignal {
  return AbortSignal.any([life, AbortSignal.timeout(ms)]);
}

function toTarget({ account }: Asking, region: string, signal: AbortSignal): CallTarget {
  return { account, region, signal };
}
