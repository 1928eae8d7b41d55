import type { AccountFacts, AccountsFacts, CheckWorkerInput } from '../contract/operation-types';
import type { ActivityDependencies } from './dependencies';

/** A name that no instance has: the look finds nothing, and only its answer counts. */
const NAME_OF_NOBODY = '-tairfleet-doctor-s';

/**
 * Makes one call that changes nothing for each account and each of its regions: it shows whether keys,
 * permission, endpoint and certificate are right.
 */
export function createCheckAccounts({ cloud, plan, self }: ActivityDependencies) {
  return async ({ region }: CheckWorkerInput): Promise<AccountsFacts> => {
    const accounts: AccountFacts[] = [];
    for (const account of plan.accounts) {
      const own = self.listRegions(account);
      for (const each of own.length === 0 ? [region] : own) {
        accounts.push(await checkAccount(cloud, account, each));
      }
    }
    return { accounts, clockSkewMs: cloud.clockSkewMs() };
  };
}

async function checkAccount(
  cloud: ActivityDependencies['cloud'],
  account: string,
  region: string,
): Promise<AccountFacts> {
  const answer = await cloud.countInstances({
    account,
    region,
    engine: 'Redis',
    nameTag: NAME_OF_NOBODY,
  });
  if (answer.kind === 'ok') return { account, region, failure: null };
  const { class: errorClass, code, message } = answer;
  return { account, region, failure: { class: errorClass, code, message } };
}
