import {
  type CheckPlace,
  ObjectReader,
  type ObjectShape,
  type TextRule,
  toOptional,
} from './check-object';
import { checkMaintenanceWindow, checkParameters, toFreeShape } from './check-instance-settings';
import { CLOUD_TEXT_RULE } from './check-texts';
import { OWN_TAG_PREFIX } from './follow-up-tags';
import { FOLLOW_UP_KEYS, type FollowUps, type PingTransport } from './follow-ups';
import { LIMITS } from './limits';
import { checkSecretReference } from './secret-reference';

/** Keys of the follow-ups of a group. */
export const FOLLOW_UPS_SHAPE: ObjectShape = {
  required: {},
  optional: [...FOLLOW_UP_KEYS, 'allowAnywhere'],
  refused: {
    password: 'is never part of a request; write passwordFrom, which says where the secret is.',
  },
};

/** How a probe may connect. */
export const PING_TRANSPORTS: readonly PingTransport[] = ['tcp', 'tls'];

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

/** IPv4 alone: no page of the service says that it takes IPv6 here. */
const ADDRESS_RULE: TextRule = {
  pattern: new RegExp(`^${OCTET}(?:\\.${OCTET}){3}(?:/(?:3[0-2]|[12]?\\d))?$`),
  description: 'an IPv4 address such as 10.1.2.3 or a block such as 10.0.0.0/8',
};

/** What admits everybody, however it is written. */
const ANYWHERE = /^0\.0\.0\.0$|\/0$/;

const ANYWHERE_MESSAGE =
  'admits everybody; name who may connect, or write allowAnywhere: true beside securityIps.';

/** Rules of the cloud's tag service, which are the same for all products (EMR Tag page, 2025-09-08). */
const TAG_VALUE_RULE: TextRule = {
  pattern: /^(?!acs:)(?!.*https?:\/\/)\P{Cc}{0,128}$/iu,
  description: `at most ${LIMITS.tagLengthMax} characters without "http://", and not begin with "acs:"`,
};
const TAG_KEY = /^(?!aliyun|acs:)(?!.*https?:\/\/)\P{Cc}{1,128}$/iu;

/** Checks what is to be done to the instances of a group when they are ready. */
export function checkFollowUps(value: unknown, place: CheckPlace): FollowUps {
  const reader = new ObjectReader(value, FOLLOW_UPS_SHAPE, place);
  if (reader.isObject) checkAsksForSomething(reader, place);
  const allowAnywhere = checkAllowAnywhere(reader);
  return {
    ...readIfThere(reader, 'passwordFrom', checkSecretReference),
    ...readIfThere(reader, 'parameters', checkParameters),
    ...readIfThere(reader, 'maintenanceWindow', checkMaintenanceWindow),
    ...toOptional('resourceGroupId', reader.text('resourceGroupId', CLOUD_TEXT_RULE)),
    ...readIfThere(reader, 'tags', checkTags),
    ...toOptional('releaseProtection', checkReleaseProtection(reader)),
    ...(reader.has('securityIps')
      ? { securityIps: checkSecurityIps(reader, allowAnywhere === true) }
      : {}),
    ...toOptional('allowAnywhere', allowAnywhere),
    ...toOptional('ping', reader.choice('ping', PING_TRANSPORTS)),
  };
}

function readIfThere<K extends string, V>(
  reader: ObjectReader,
  key: K,
  check: (value: unknown, place: CheckPlace) => V,
): { readonly [P in K]?: V } {
  return reader.has(key) ? toOptional(key, check(reader.raw(key), reader.below(key))) : {};
}

function checkAsksForSomething(reader: ObjectReader, place: CheckPlace): void {
  if (FOLLOW_UP_KEYS.some((key) => reader.has(key))) return;
  const keys = `${FOLLOW_UP_KEYS.slice(0, -1).join(', ')} or ${FOLLOW_UP_KEYS.at(-1)!}`;
  const message = `must ask for something: ${keys}; or leave it out.`;
  place.problems.push({ path: place.path, code: 'missing', message });
}

/** Nothing is protected unless asked for, so `false` would say what is so anyway. */
function checkReleaseProtection(reader: ObjectReader): true | undefined {
  const value = reader.flag('releaseProtection');
  if (value !== false) return value;
  return reader.report('releaseProtection', 'not-allowed', 'must be true; or leave it out.');
}

function checkAllowAnywhere(reader: ObjectReader): boolean | undefined {
  const allowAnywhere = reader.flag('allowAnywhere');
  if (allowAnywhere === undefined || reader.has('securityIps')) return allowAnywhere;
  return reader.report('allowAnywhere', 'conflict', 'says nothing without securityIps.');
}

function checkSecurityIps(reader: ObjectReader, isAnywhereAllowed: boolean): readonly string[] {
  const entries = reader.list('securityIps', { min: 1, max: LIMITS.securityIpsMax });
  const seen = new Map<string, number>();
  return entries.map((entry, index) => {
    const { path, problems } = reader.below('securityIps', index);
    const address = toAddress(entry);
    if (address === null) {
      const message = `must be ${ADDRESS_RULE.description}.`;
      problems.push({ path, code: 'not-allowed', message });
      return '';
    }
    if (ANYWHERE.test(address) && !isAnywhereAllowed) {
      problems.push({ path, code: 'not-allowed', message: ANYWHERE_MESSAGE });
    }
    const twin = seen.get(address);
    if (twin === undefined) seen.set(address, index);
    else {
      const message = `repeats securityIps[${twin}]; remove one.`;
      problems.push({ path, code: 'duplicate', message });
    }
    return address;
  });
}

function toAddress(entry: unknown): string | null {
  return typeof entry === 'string' && ADDRESS_RULE.pattern.test(entry) ? entry : null;
}

function checkTags(value: unknown, place: CheckPlace): Readonly<Record<string, string>> {
  const keys = new ObjectReader(value, toFreeShape([]), { path: [], problems: [] }).isObject
    ? Object.keys(value as object)
    : [];
  const reader = new ObjectReader(value, toFreeShape(keys), place);
  if (keys.length > LIMITS.tagsMax) {
    const message = `must have at most ${LIMITS.tagsMax} tags, not ${keys.length}; three of ours are added.`;
    place.problems.push({ path: place.path, code: 'out-of-range', message });
  }
  return Object.fromEntries(keys.map((key) => [key, checkTag(reader, key)]));
}

function checkTag(reader: ObjectReader, key: string): string {
  if (key.toLowerCase().startsWith(OWN_TAG_PREFIX)) {
    reader.report(
      key,
      'not-allowed',
      `is a tag of ours: keys must not begin with ${OWN_TAG_PREFIX}`,
    );
  } else if (!TAG_KEY.test(key)) {
    const rule = `1 to ${LIMITS.tagLengthMax} characters without "http://", and not begin with "aliyun" or "acs:"`;
    reader.report(key, 'not-allowed', `is no key of a tag; it must be ${rule}.`);
  }
  return reader.text(key, TAG_VALUE_RULE) ?? '';
}
