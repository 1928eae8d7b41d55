/** A letter, then 1 to 79 characters out of all but space and `@ / : = " < > { [ ] }`. */
const NAME_PATTERN = /^\p{L}[^\s@/:="<>{[\]}]{1,79}$/u;

const PASSWORD_PATTERN = /^[A-Za-z0-9!@#$%^&*()_+\-=]{8,32}$/;

const PASSWORD_GROUPS = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@#$%^&*()_+\-=]/];

const BOOLEAN_PATTERN = /^(true|false)$/i;

/** True for a name the service takes: 2 to 80 characters (CreateInstances page, 2025-03-27). */
export function isInstanceName(text: string): boolean {
  return NAME_PATTERN.test(text);
}

/** True for a password the service takes: 8 to 32 characters out of three groups (same page). */
export function isPassword(text: string): boolean {
  const groups = PASSWORD_GROUPS.filter((group) => group.test(text)).length;
  return PASSWORD_PATTERN.test(text) && groups >= 3;
}

/** True for a boolean as clients write it: `true`, `True`, `false`, `False`. */
export function isBooleanText(text: string): boolean {
  return BOOLEAN_PATTERN.test(text);
}
