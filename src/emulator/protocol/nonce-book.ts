/** A nonce outlives the clock skew on both sides: 15 minutes early plus 15 minutes late. */
const NONCE_LIFETIME_MS = 30 * 60_000;

/**
 * Remembers the nonces of accepted signatures. Two generations of sets make forgetting cheap: a
 * nonce is kept for at least {@link NONCE_LIFETIME_MS} and at most twice that.
 */
export class NonceBook {
  private current = new Set<string>();
  private previous = new Set<string>();
  private rotatedAtMs = 0;

  /** True when this key has used the nonce before. */
  isUsed(accessKeyId: string, nonce: string): boolean {
    const key = `${accessKeyId}\n${nonce}`;
    return this.current.has(key) || this.previous.has(key);
  }

  /** Notes a nonce whose signature was right. */
  add(accessKeyId: string, nonce: string, nowMs: number): void {
    if (nowMs - this.rotatedAtMs > NONCE_LIFETIME_MS) {
      this.previous = this.current;
      this.current = new Set();
      this.rotatedAtMs = nowMs;
    }
    this.current.add(`${accessKeyId}\n${nonce}`);
  }
}
