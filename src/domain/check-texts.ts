import type { TextRule } from './check-object';
import { LIMITS } from './limits';

/**
 * Batch id, tenant and account: they are parts of workflow ids, file names and tokens, so they hold no
 * `/`, and they start with a letter or digit, so that none of them is `..`.
 */
export const ID_RULE: TextRule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
  description: `1 to ${LIMITS.idLengthMax} letters, digits, ".", "_" or "-", and start with a letter or digit`,
};

/** A batch id that comes from a workflow id: a schedule appends its time, which has colons. */
export const DERIVED_ID_RULE: TextRule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/,
  description: `1 to ${LIMITS.idLengthMax} letters, digits, ".", "_", ":" or "-", and start with a letter or digit`,
};

/** Part of every instance name, which must start with a letter (CreateInstances page, 2025-03-27). */
export const GROUP_NAME_RULE: TextRule = {
  pattern: /^[a-z][a-z0-9-]{0,29}$/,
  description: `1 to ${LIMITS.groupNameLengthMax} lower-case letters, digits or "-", and start with a letter`,
};

/** Ids, classes and codes of the cloud. */
export const CLOUD_TEXT_RULE: TextRule = {
  pattern: /^[\x21-\x7e]{1,255}$/,
  description: `1 to ${LIMITS.textLengthMax} printable ASCII characters without spaces`,
};

/** Text that is passed on as it is. */
export const FREE_TEXT_RULE: TextRule = {
  pattern: /^\P{Cc}{1,255}$/u,
  description: `1 to ${LIMITS.textLengthMax} characters without control characters`,
};
