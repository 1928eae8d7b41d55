import type { Answer } from '../cloud/port';
import type { FollowUpAnswer, PingInstancesInput } from '../contract/follow-up-types';
import type { ResolvedSecret } from '../outbound/secret-resolver';
import { CallCounter } from './call-counter';
import { currentTenant } from './moment';
import { PackedLooks } from './packed-looks';
import {
  DONE,
  refuseAll,
  runFollowUp,
  toOwnFailure,
  toPlace,
  type FollowUpDependencies,
} from './run-follow-up';

/** Asks instances whether they answer, from where this worker is. Nothing is changed by it. */
export async function pingInstances(
  dependencies: FollowUpDependencies,
  input: PingInstancesInput,
): Promise<FollowUpAnswer> {
  const { cloud, probe } = dependencies;
  const resolved = await resolvePassword(dependencies, input);
  if (resolved?.kind === 'failed') return refuseAll(input, resolved);
  const password = resolved?.secret ?? null;
  const isTls = input.transport === 'tls';
  const calls = new CallCounter();
  const looks = new PackedLooks(cloud, { ...toPlace(input), engine: input.engine }, calls);
  return runFollowUp(dependencies, input, {
    action: 'DescribeInstances',
    idsPerCall: 1,
    calls,
    async send([id = ''], signal): Promise<Answer<null>> {
      const look = await looks.look(id, signal);
      if (look.kind === 'failed') return look;
      const address = look.value?.endpoint ?? null;
      if (address === null) return toOwnFailure('ping-no-address', `${id} shows no address yet`);
      const outcome = await probe.ping({ ...toHostAndPort(address), isTls, password, signal });
      return outcome.kind === 'answered' ? DONE : toOwnFailure(outcome.code, outcome.message);
    },
  });
}

/** Null when the batch sets no password, so that nobody knows one. */
async function resolvePassword(
  { secrets }: FollowUpDependencies,
  { passwordFrom }: PingInstancesInput,
): Promise<ResolvedSecret | null> {
  return passwordFrom === null ? null : secrets.resolve(passwordFrom, currentTenant());
}

function toHostAndPort(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}
