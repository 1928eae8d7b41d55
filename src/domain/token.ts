import { sha256Base32 } from './hash';
import { toList, type Identity } from './identity';

/** What a token is a function of (rule R1): never time, chance or a run id. */
export interface TokenInput {
  readonly identity: Identity;
  readonly generation: number;
  /** Name of the chunk path, which derives from its slot range. */
  readonly path: string;
  readonly epoch: number;
  /** Hash of the frozen body: another body can never meet this token. */
  readonly bodyHash: string;
}

/**
 * The idempotency token of one call: 54 ASCII characters, where the service allows 64
 * (CreateInstances page, 2025-03-27).
 */
export function toToken(input: TokenInput): string {
  const { identity, generation, path, epoch, bodyHash } = input;
  return `tf-${sha256Base32(JSON.stringify([toList(identity), generation, path, epoch, bodyHash]), 51)}`;
}
