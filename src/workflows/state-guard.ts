import { hashBody, type CreateBody } from '../domain/create-body';
import type { HomeChunk } from '../domain/home-chunk-state';
import { InvariantWatch } from '../domain/invariant-watch';
import { TokenBook, type Violation } from '../domain/invariants';

/** One wrong answer breaks the same invariant for each of its instances. */
const DETAILS_MAX = 3;

/**
 * Stands between a decision and what follows from it. A broken invariant is a bug or a service that
 * does what no service may, and whoever buys on may buy twice. So the workflow task fails: the server
 * forgets what the step wanted to do, shows the message on the workflow's page, and tries again until a
 * worker with a fix is there (docs/decisions/0012).
 */
export class StateGuard {
  private readonly watch = new InvariantWatch();
  private readonly tokens = new TokenBook();

  /** Throws when the state of a shard after a step breaks an invariant. */
  checkHomes(homes: readonly HomeChunk[]): void {
    refuse(this.watch.check(homes));
  }

  /** Throws when a token was given to another body in this run (rule R1). */
  checkToken(token: string, body: CreateBody): void {
    refuse(this.tokens.note({ token, bodyHash: hashBody(body) }));
  }
}

/** No `ApplicationFailure`: that would end the batch instead of waiting for a fix. */
function refuse(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const details = violations
    .slice(0, DETAILS_MAX)
    .map(({ invariant, detail }) => `${invariant}: ${detail}`);
  const others = violations.length - details.length;
  if (others > 0) details.push(`${others} more`);
  throw new Error(
    `broken invariant: ${details.join('; ')}. Nothing more is sent for this shard. Report this, and ` +
      'deploy the fix: the workflow goes on by itself. Or terminate it and submit the request again: ' +
      'the next run looks up what exists before it buys.',
  );
}
