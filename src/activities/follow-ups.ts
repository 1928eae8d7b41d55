import { TAGGED_IDS_MAX, type FollowUpPort } from '../cloud/follow-up-port';
import type {
  FollowUpActivities,
  FollowUpAnswer,
  FollowUpTarget,
  ResetPasswordsInput,
} from '../contract/follow-up-types';
import { formatSecretReference } from '../domain/secret-reference';
import type { SecretResolver } from '../outbound/secret-resolver';
import type { SecretValue } from '../outbound/secret-value';
import type { Clock, ReadinessSettings } from './dependencies';
import { FollowUpRound, type FollowUpCall } from './follow-up-round';
import { withHeartbeat } from './heartbeat';

/** What configuring instances needs from outside. */
export interface FollowUpDependencies {
  readonly followUps: FollowUpPort;
  readonly secrets: SecretResolver;
  readonly clock: Clock;
  readonly readiness: Pick<ReadinessSettings, 'windowMs'>;
}

/** The activities that configure instances, one for each step. */
export function createFollowUpActivities(dependencies: FollowUpDependencies): FollowUpActivities {
  const { followUps } = dependencies;
  return {
    resetPasswords: (input) => resetPasswords(dependencies, input),
    tagInstances: (input) =>
      runRound(dependencies, input, {
        action: 'TagResources',
        idsPerCall: TAGGED_IDS_MAX,
        send: (ids, signal) =>
          followUps.tagInstances({ ...toPlace(input), ids, tags: input.tags, signal }),
      }),
    setSecurityIps: (input) =>
      runRound(dependencies, input, {
        action: 'ModifySecurityIps',
        idsPerCall: 1,
        send: ([id = ''], signal) =>
          followUps.setSecurityIps({ ...toPlace(input), id, ips: input.ips, signal }),
      }),
  };
}

/** The secret lives from here to the parameters of the calls, and is kept nowhere. */
async function resetPasswords(
  dependencies: FollowUpDependencies,
  input: ResetPasswordsInput,
): Promise<FollowUpAnswer> {
  const { followUps, secrets } = dependencies;
  const resolved = await secrets.resolve(input.passwordFrom);
  if (resolved.kind === 'failed') return refuseAll(input, resolved);
  const password = resolved.secret;
  if (!isPassword(password)) {
    const from = formatSecretReference(input.passwordFrom);
    const message = `the secret of ${from} is no password that the service takes: ${PASSWORD_RULE}`;
    return refuseAll(input, { code: 'secret-unusable', message });
  }
  return runRound(dependencies, input, {
    action: 'ModifyInstanceAttribute',
    idsPerCall: 1,
    send: ([id = ''], signal) =>
      followUps.resetPassword({ ...toPlace(input), id, password, signal }),
  });
}

function runRound(
  { clock, readiness }: FollowUpDependencies,
  target: FollowUpTarget,
  call: FollowUpCall,
): Promise<FollowUpAnswer> {
  const round = new FollowUpRound({ clock, windowMs: readiness.windowMs }, target, call);
  return withHeartbeat(
    (life) => round.run(life),
    () => round.toMemory(),
  );
}

function toPlace({ account, region }: FollowUpTarget): Pick<FollowUpTarget, 'account' | 'region'> {
  return { account, region };
}

function refuseAll(
  { ids }: FollowUpTarget,
  { code, message }: { readonly code: string; readonly message: string },
): FollowUpAnswer {
  return { calls: {}, refused: [{ ids, refusal: { class: 'denied', code, message } }] };
}

/** CreateInstances page, 2025-03-27. */
const PASSWORD_RULE =
  '8 to 32 characters, of at least three of upper case, lower case, digits and !@#$%^&*()_+-=';
const PASSWORD_PATTERN = /^[A-Za-z0-9!@#$%^&*()_+\-=]{8,32}$/;
const PASSWORD_GROUPS = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@#$%^&*()_+\-=]/];

/** Looked at here, so that a wrong one costs no call for each instance. */
function isPassword(secret: SecretValue): boolean {
  const text = secret.reveal();
  return (
    PASSWORD_PATTERN.test(text) && PASSWORD_GROUPS.filter((group) => group.test(text)).length >= 3
  );
}
