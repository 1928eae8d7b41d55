import type { FollowUpPort } from '../cloud/follow-up-port';
import type { Answer, CallFailure, CloudPort } from '../cloud/port';
import type { FollowUpAnswer, FollowUpTarget } from '../contract/follow-up-types';
import { classify } from '../domain/classify';
import type { RedisProbe } from '../outbound/redis-probe';
import type { SecretResolver } from '../outbound/secret-resolver';
import type { ReadinessSettings } from './dependencies';
import type { Clock } from './clock';
import { FollowUpRound, type FollowUpCall } from './follow-up-round';
import { withHeartbeat } from './heartbeat';

/** What configuring instances needs from outside. */
export interface FollowUpDependencies {
  readonly cloud: Pick<CloudPort, 'describeInstances'>;
  readonly followUps: FollowUpPort;
  readonly probe: RedisProbe;
  readonly secrets: SecretResolver;
  readonly clock: Clock;
  readonly readiness: Pick<ReadinessSettings, 'windowMs'>;
}

/** The step went through for an instance, and its calls are counted elsewhere. */
export const DONE: Answer<null> = { kind: 'ok', value: null, calls: 0 };

/** Makes one step for instances of a wave, with a heartbeat that says what is left. */
export function runFollowUp(
  { clock, readiness }: Pick<FollowUpDependencies, 'clock' | 'readiness'>,
  target: FollowUpTarget,
  call: FollowUpCall,
): Promise<FollowUpAnswer> {
  const round = new FollowUpRound({ clock, windowMs: readiness.windowMs }, target, call);
  return withHeartbeat(
    (life) => round.run(life),
    () => round.toMemory(),
  );
}

/** Where the calls of a step go. */
export function toPlace({
  account,
  region,
}: FollowUpTarget): Pick<FollowUpTarget, 'account' | 'region'> {
  return { account, region };
}

/** What we found out ourselves, as the failure of a call. */
export function toOwnFailure(code: string, message: string): CallFailure & { calls: number } {
  return {
    kind: 'failed',
    class: classify({ code, httpStatus: null }).class,
    isUnexecuted: false,
    ...{ code, message },
    ...{ httpStatus: null, requestId: null, retryAfterMs: null, calls: 0 },
  };
}

/** Refuses the step for all instances, without a call. */
export function refuseAll(
  { ids }: FollowUpTarget,
  { code, message }: { readonly code: string; readonly message: string },
): FollowUpAnswer {
  return { calls: {}, refused: [{ ids, refusal: { class: 'denied', code, message } }] };
}
