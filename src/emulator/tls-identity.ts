/** What a server shows to a client that wants TLS. */
export interface TlsIdentity {
  /** PEM; may be a chain. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}
