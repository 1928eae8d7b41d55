/** The flags by which a command works over the HTTP API instead of next to Temporal. */
export interface ServerOptions {
  readonly server?: string;
  readonly apiKeyFile?: string;
}
