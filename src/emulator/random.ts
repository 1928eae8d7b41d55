/** A deterministic source of chance, so that a run with a seed can be repeated. */
export interface Random {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** `length` characters out of `alphabet`, each equally likely. */
  pick(alphabet: string, length: number): string;
}

/**
 * Creates one stream of the mulberry32 generator.
 *
 * @param seed - any integer; only its low 32 bits count
 * @param stream - names the stream, so that one consumer's draws do not shift another's
 */
export function createRandom(seed: number, stream: string): Random {
  let state = mixStream(seed, stream);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = (alphabet: string, length: number): string => {
    let text = '';
    for (let i = 0; i < length; i += 1) text += alphabet.charAt(next() * alphabet.length);
    return text;
  };
  return { next, pick };
}

/** FNV-1a over the stream's name, started from the seed. */
function mixStream(seed: number, stream: string): number {
  let hash = (seed ^ 0x811c9dc5) | 0;
  for (let i = 0; i < stream.length; i += 1) {
    hash = Math.imul(hash ^ stream.charCodeAt(i), 0x01000193);
  }
  return hash;
}
