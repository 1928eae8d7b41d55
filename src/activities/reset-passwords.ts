import type { FollowUpAnswer, ResetPasswordsInput } from '../contract/follow-up-types';
import { formatSecretReference } from '../domain/secret-reference';
import type { SecretValue } from '../outbound/secret-value';
import { currentTenant } from './moment';
import { refuseAll, runFollowUp, toPlace, type FollowUpDependencies } from './run-follow-up';

/** Sets passwords. The secret lives from here to the parameters of the calls, and is kept nowhere. */
export async function resetPasswords(
  dependencies: FollowUpDependencies,
  input: ResetPasswordsInput,
): Promise<FollowUpAnswer> {
  const { followUps, secrets } = dependencies;
  const resolved = await secrets.resolve(input.passwordFrom, currentTenant());
  if (resolved.kind === 'failed') return refuseAll(input, resolved);
  const password = resolved.secret;
  if (!isPassword(password)) {
    const from = formatSecretReference(input.passwordFrom);
    const message = `the secret of ${from} is no password that the service takes: ${PASSWORD_RULE}`;
    return refuseAll(input, { code: 'secret-unusable', message });
  }
  return runFollowUp(dependencies, input, {
    action: 'ModifyInstanceAttribute',
    idsPerCall: 1,
    send: ([id = ''], signal) =>
      followUps.resetPassword({ ...toPlace(input), id, password, signal }),
  });
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
