import type { CallTarget, SeenInstance } from '../cloud/port';
import type { Good, GoodsQuery } from '../cloud/preflight-port';
import type { PreflightInput } from '../contract/preflight-types';
import type {
  Answered,
  Fact,
  NetworkFacts,
  NetworkQuestion,
  Offer,
  PreflightFacts,
  SaleFact,
  SourceFact,
  SourceFacts,
  SourceQuestion,
} from '../domain/preflight-facts';
import { toQuestionKey } from '../domain/preflight-questions';
import { isAccountAllowed } from '../domain/tenant-accounts';
import type { ActivityDependencies } from './dependencies';
import { toOperationRefused } from './failures';
import { withHeartbeat } from './heartbeat';
import { isPreflightInput } from './preflight-input';
import { askPatiently } from './preflight-patience';

/** When what is still open counts as not known, ms; the cloud's limits may make the calls queue up. */
const LOOK_MS = 90_000;

/** Where to ask, for one preflight. */
interface Asking {
  readonly cloud: ActivityDependencies['cloud'];
  readonly looks: ActivityDependencies['preflights'];
  readonly account: string;
  readonly signal: AbortSignal;
}

/**
 * Asks the cloud what a batch would meet. All questions go out together; the limiter spaces the calls. A
 * question that gets no answer is a fact too, so this fails only when the tenant may not use the
 * account, or when the input is none.
 */
export function createPreflight(dependencies: ActivityDependencies) {
  const { cloud, preflights: looks, guards, plan } = dependencies;
  return (input: PreflightInput): Promise<PreflightFacts> =>
    withHeartbeat(async (life) => {
      if (!isPreflightInput(input)) {
        throw toOperationRefused('this is no preflight of this version; nothing was asked');
      }
      const { tenant, account, questions } = input;
      if (!plan.accounts.includes(account)) {
        throw toOperationRefused(`this worker has no account ${account}; nothing was asked`);
      }
      if (!isAccountAllowed(guards.accountsByTenant, tenant, account)) {
        const message = `the tenant ${tenant} may not use the account ${account}; nothing was asked`;
        throw toOperationRefused(message);
      }
      const signal = AbortSignal.any([life.signal, AbortSignal.timeout(LOOK_MS)]);
      return ask({ cloud, looks, account, signal }, questions);
    });
}

async function ask(
  asking: Asking,
  questions: PreflightInput['questions'],
): Promise<PreflightFacts> {
  const { cloud, looks, signal } = asking;
  const [zones, sales, networks, prices, names, sources] = await Promise.all([
    answerEach(questions.regions, (question) =>
      askPatiently(() => looks.listZones(toTarget(asking, question)), signal),
    ),
    askSales(asking, questions.sales),
    Promise.all(questions.networks.map((question) => askNetwork(asking, question))),
    answerEach(questions.prices, (offer) =>
      askPatiently(() => looks.readPrice({ ...toTarget(asking, offer), offer }), signal),
    ),
    answerEach(questions.names, (question) =>
      askPatiently(
        () => cloud.countInstances({ ...question, ...toTarget(asking, question) }),
        signal,
      ),
    ),
    Promise.all((questions.sources ?? []).map((question) => askSource(asking, question))),
  ]);
  return { zones, sales, networks, prices, names, sources };
}

/** One call lists all that a zone sells for one way of paying, whatever the number of classes asked for. */
async function askSales(
  asking: Asking,
  offers: readonly Offer[],
): Promise<readonly Answered<Offer, SaleFact>[]> {
  const lists = new Map<string, Promise<Fact<readonly Good[]>>>();
  return answerEach(offers, async (offer) => {
    const { zone, engine, chargeType } = offer;
    const query: GoodsQuery = { ...toTarget(asking, offer), zone, engine, chargeType };
    const key = toQuestionKey({ region: offer.region, zone, engine, chargeType });
    const list = lists.get(key) ?? askPatiently(() => asking.looks.listGoods(query), asking.signal);
    lists.set(key, list);
    const goods = await list;
    return goods.kind === 'known' ? { ...goods, value: toSale(offer, goods.value) } : goods;
  });
}

function toSale({ instanceClass, capacityMb }: Offer, goods: readonly Good[]): SaleFact {
  const sold = goods.filter((good) =>
    instanceClass === null ? good.capacityMb === capacityMb : good.instanceClass === instanceClass,
  );
  return {
    capacityMb: capacityMb ?? sold.find((good) => good.capacityMb !== null)?.capacityMb ?? null,
    engineVersions: [...new Set(sold.map(({ engineVersion }) => engineVersion))].sort(),
    isAnythingListed: goods.length > 0,
  };
}

async function askNetwork(asking: Asking, question: NetworkQuestion): Promise<NetworkFacts> {
  const { looks, signal } = asking;
  const query = { ...toTarget(asking, question), vpcId: question.vpcId };
  const [vpc, vSwitches] = await Promise.all([
    askPatiently(() => looks.findVpc(query), signal),
    askPatiently(() => looks.listVSwitches(query), signal),
  ]);
  if (vSwitches.kind === 'unknown') return { question, vpc, vSwitches };
  const asked = new Set(question.vSwitchIds);
  const value = vSwitches.value.filter(({ vSwitchId }) => asked.has(vSwitchId));
  return { question, vpc, vSwitches: { kind: 'known', value } };
}

/** What has no backup set is not asked for one. */
async function askSource(asking: Asking, question: SourceQuestion): Promise<SourceFacts> {
  const { cloud, looks, signal } = asking;
  const { sourceInstanceId, backupId, engine } = question;
  const target = toTarget(asking, question);
  const [seen, backup] = await Promise.all([
    askPatiently(
      () => cloud.describeInstances({ ...target, engine, ids: [sourceInstanceId] }),
      signal,
    ),
    backupId === null
      ? undefined
      : askPatiently(() => looks.findBackup({ ...target, sourceInstanceId, backupId }), signal),
  ]);
  const instance = seen.kind === 'known' ? { ...seen, value: toSourceFact(seen.value[0]) } : seen;
  return { question, instance, ...(backup === undefined ? {} : { backup }) };
}

function toSourceFact(seen: SeenInstance | undefined): SourceFact | null {
  return seen === undefined ? null : { status: seen.status, capacityMb: seen.capacityMb };
}

function answerEach<Question, Value>(
  questions: readonly Question[],
  answer: (question: Question) => Promise<Fact<Value>>,
): Promise<readonly Answered<Question, Value>[]> {
  return Promise.all(
    questions.map(async (question) => ({ question, fact: await answer(question) })),
  );
}

function toTarget({ account, signal }: Asking, { region }: { region: string }): CallTarget {
  return { account, region, signal };
}
