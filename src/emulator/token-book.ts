import { createHash } from 'node:crypto';
import type { ActionResult } from './action-result';
import type { Parameters } from './protocol/parameters';
import type { Refusal } from './refusal';
import { createRefusal } from './refusal';

/**
 * What two sends of one request may differ in: signature, transport and credentials. Everything
 * else is compared byte for byte (whether the cloud compares bytes or meaning is not documented).
 */
const NOT_COMPARED = new Set([
  'Signature',
  'SignatureNonce',
  'Timestamp',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureType',
  'AccessKeyId',
  'SecurityToken',
  'Format',
]);

/** How an emulator treats tokens. */
export interface TokenSettings {
  /** Milliseconds a token is remembered; null: for ever. */
  readonly lifetimeMs: number | null;
  readonly failures: 'forget' | 'remember';
  readonly inFlight: 'conflict' | 'duplicate' | 'block';
  readonly mismatch: 'refuse' | 'replay';
}

/** One use of a token. */
export interface TokenUse {
  readonly accountId: string;
  readonly action: string;
  readonly token: string;
  readonly parameters: Parameters;
  readonly nowMs: number;
}

/** Counts since the start or the last reset. */
export interface TokenCounts {
  /** Uses that executed. */
  used: number;
  /** Uses answered with the stored result. */
  replayed: number;
  /** Uses refused with IdempotentParameterMismatch. */
  mismatched: number;
}

interface TokenEntry {
  readonly fingerprint: string;
  readonly usedAtMs: number;
  readonly execution: Promise<ActionResult>;
  isRunning: boolean;
}

/** Remembers what each token of each account and action was used for. */
export class TokenBook {
  readonly counts: TokenCounts = { used: 0, replayed: 0, mismatched: 0 };
  private readonly entries = new Map<string, TokenEntry>();

  /** Executes once for each token: again with the same parameters gives the first result. */
  async runOnce(
    use: TokenUse,
    settings: TokenSettings,
    execute: () => Promise<ActionResult>,
  ): Promise<ActionResult> {
    const key = `${use.accountId}\n${use.action}\n${use.token}`;
    const fingerprint = createFingerprint(use.parameters);
    const known = this.findFresh(key, use.nowMs, settings.lifetimeMs);
    if (known === undefined) {
      return this.start(key, { fingerprint, nowMs: use.nowMs, settings, execute });
    }
    if (known.fingerprint !== fingerprint && settings.mismatch === 'refuse') {
      this.counts.mismatched += 1;
      return createMismatch();
    }
    if (known.isRunning && settings.inFlight !== 'block') return TWINS[settings.inFlight];
    this.counts.replayed += 1;
    return toReplay(await known.execution);
  }

  private findFresh(key: string, nowMs: number, lifetimeMs: number | null): TokenEntry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.isRunning || lifetimeMs === null) return entry;
    return nowMs - entry.usedAtMs < lifetimeMs ? entry : undefined;
  }

  private async start(key: string, run: TokenRun): Promise<ActionResult> {
    this.counts.used += 1;
    const entry: TokenEntry = {
      fingerprint: run.fingerprint,
      usedAtMs: run.nowMs,
      execution: run.execute(),
      isRunning: true,
    };
    this.entries.set(key, entry);
    const result = await entry.execution.finally(() => (entry.isRunning = false));
    if (result.kind === 'refusal' && run.settings.failures === 'forget') this.entries.delete(key);
    return result;
  }
}

/** What a twin of a running use is answered; which of them it is in the service is not known. */
const TWINS: Readonly<Record<'conflict' | 'duplicate', Refusal>> = {
  conflict: createRefusal(400, 'RequestTokenConflict', 'Specified request token conflict.'),
  duplicate: createRefusal(
    403,
    'TokenServiceError',
    'The specified token is duplicated, please change it.',
  ),
};

interface TokenRun {
  readonly fingerprint: string;
  readonly nowMs: number;
  readonly settings: TokenSettings;
  execute(): Promise<ActionResult>;
}

/** A hash, so that a password in the parameters is not kept. */
function createFingerprint(parameters: Parameters): string {
  const compared = [...parameters].filter(([name]) => !NOT_COMPARED.has(name)).sort(compareNames);
  return createHash('sha256').update(JSON.stringify(compared)).digest('base64');
}

function compareNames(a: readonly [string, string], b: readonly [string, string]): number {
  return a[0] < b[0] ? -1 : 1;
}

function toReplay(result: ActionResult): ActionResult {
  return result.kind === 'refusal' ? result : { ...result, committedIds: [] };
}

function createMismatch(): Refusal {
  return createRefusal(
    400,
    'IdempotentParameterMismatch',
    'Request uses a client token in a previous request but is not identical to that request.',
  );
}
