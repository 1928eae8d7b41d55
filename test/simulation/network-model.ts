import type { SendOutcome } from '../../src/domain/create-attempt';
import { toUnexecuted, type CloudModel, type CreateCall } from './cloud-model';
import { isFaulty, type World } from './world';

const CALL_TIMEOUT_MS = 60_000;

/** The way to the cloud and back: slow, lossy, and late by as much as the assumptions allow. */
export class NetworkModel {
  /** Calls that will still reach the cloud. */
  underWay = 0;

  constructor(
    private readonly world: World,
    private readonly cloud: CloudModel,
  ) {}

  /** Sends a call and tells what the caller learns; the call may land after that. */
  send(call: CreateCall, tell: (outcome: SendOutcome) => void): void {
    const { clock, random } = this.world;
    this.cloud.sent.push(call);
    if (isFaulty(this.world, 'notConnected')) {
      return clock.after(10, () => tell(toUnexecuted('transient')));
    }
    if (isFaulty(this.world, 'lostRequest')) return this.breakOff('connection-reset', tell);
    if (isFaulty(this.world, 'lateRequest')) {
      this.breakOff('timeout', tell);
      return this.landAfter(random.upTo(this.longestWayMs(), 'arrival'), call, () => undefined);
    }
    this.landAfter(random.between(20, 2_000, 'pace'), call, (outcome) => {
      if (isFaulty(this.world, 'lostAnswer')) return this.breakOff('connection-reset', tell);
      clock.after(20, () => tell(outcome));
    });
  }

  private landAfter(
    delayMs: number,
    call: CreateCall,
    answer: (outcome: SendOutcome) => void,
  ): void {
    this.underWay += 1;
    this.world.clock.after(delayMs, () => {
      this.underWay -= 1;
      const outcome = this.cloud.execute(call);
      this.world.trace(
        () =>
          `cloud gets ${call.quantity} x ${call.name} ${toShort(call.token)}: ${JSON.stringify(outcome)}`,
      );
      answer(outcome);
    });
  }

  private breakOff(code: string, tell: (outcome: SendOutcome) => void): void {
    const { clock, random } = this.world;
    clock.after(random.pick([100, CALL_TIMEOUT_MS], 'pace'), () =>
      tell({ kind: 'ambiguous', code }),
    );
  }

  /** From the send to the latest commit that the assumptions allow. */
  private longestWayMs(): number {
    const { signatureValidityMs, clockSkewMs, commitLagMs } = this.world.settings;
    return signatureValidityMs + clockSkewMs + commitLagMs;
  }
}

/** A token as far as a person needs it to tell two apart. */
export function toShort(token: string): string {
  return token.slice(0, 10);
}
