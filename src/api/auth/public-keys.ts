/**
 * SHA-256 of the keys that stand in our own files, so that everybody knows them: that of
 * deploy/server-keys.example.yaml.
 */
const PUBLIC_KEYS: ReadonlySet<string> = new Set([
  'd6d4f52d6b507278f31f7bd4cacc800c0dbb5e09120d0ccfaa7d416aa87dde68',
]);

/** A keys file lets in a key that everybody knows, and a real account is behind the server. */
export class PublicKeyError extends Error {
  override readonly name = 'PublicKeyError';

  /** @param listedAs - what its file calls the key */
  constructor(listedAs: string) {
    super(
      `${listedAs} is the key of deploy/server-keys.example.yaml, which everybody knows: it is for the ` +
        'emulator, and a cloud endpoint of this server leads elsewhere. Take it out, and make a key of ' +
        'your own as docs/api.md shows',
    );
  }
}

/** Whether everybody knows the key that has this SHA-256. */
export function isPublicKey(sha256: string): boolean {
  return PUBLIC_KEYS.has(sha256);
}
