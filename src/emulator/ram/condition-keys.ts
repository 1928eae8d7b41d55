/**
 * What a condition can ask about: the keys of the product (CreateInstances page, 2025-03-27), and of
 * those that all products share what an emulator can know (RAM policy pages).
 */
export const CONDITION_KEYS = [
  ...(['kvstore:InstanceClass', 'kvstore:InstanceType', 'kvstore:Appendonly'] as const),
  ...(['acs:SourceIp', 'acs:SecureTransport', 'acs:CurrentTime'] as const),
] as const;

/** The name of something that a condition can ask about. */
export type ConditionKey = (typeof CONDITION_KEYS)[number];

/** Key → its value in a call; a key that is absent has none. */
export type ConditionContext = ReadonlyMap<string, string>;
