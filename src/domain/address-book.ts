import { takeAddresses, type AddressDemand, type FreeAddresses } from './address-deal';

/** What several batches of one process have been promised of the addresses of a vSwitch. */
interface Page {
  /** Free when the first of them looked. */
  readonly free: number;
  readonly openedAtMs: number;
  /** Promised since, by batch. */
  readonly reserved: Map<string, number>;
}

/** Who wants addresses, and when. */
export interface Reservation {
  readonly batch: string;
  readonly demands: readonly AddressDemand[];
  readonly nowMs: number;
}

/**
 * Keeps batches that begin at about the same time from reckoning with the same free addresses. It knows
 * what was free when the first of them looked and what it promised since, so it makes no difference how
 * much of that has been bought by now. Of other processes it knows nothing. After a while, or when more
 * is free than was, it trusts the cloud's number alone.
 */
export class AddressBook {
  private readonly pages = new Map<string, Page>();

  /** @param memoryMs - how long a look and the promises after it count */
  constructor(private readonly memoryMs: number) {}

  /**
   * Reserves what a batch will take. Asking again for the same batch replaces what it was promised.
   *
   * @param seen - free addresses that the cloud tells now, by vSwitch
   * @param reservation - who wants them
   * @returns what the batch may reckon with, by vSwitch; never more than was seen
   */
  reserve(seen: FreeAddresses, { batch, demands, nowMs }: Reservation): FreeAddresses {
    const usable = new Map<string, number>();
    for (const [vSwitchId, free] of seen) {
      const promised = this.open(vSwitchId, free, nowMs).free - this.sum(vSwitchId, batch);
      usable.set(vSwitchId, Math.max(0, Math.min(free, promised)));
    }
    const taken = takeAddresses(demands, new Map(usable));
    for (const [vSwitchId, count] of taken) this.pages.get(vSwitchId)?.reserved.set(batch, count);
    return usable;
  }

  private open(vSwitchId: string, free: number, nowMs: number): Page {
    const known = this.pages.get(vSwitchId);
    const isOld = known === undefined || nowMs - known.openedAtMs >= this.memoryMs;
    if (!isOld && free <= known.free) return known;
    const page: Page = { free, openedAtMs: nowMs, reserved: new Map() };
    this.pages.set(vSwitchId, page);
    return page;
  }

  private sum(vSwitchId: string, batch: string): number {
    const reserved = this.pages.get(vSwitchId)?.reserved ?? new Map<string, number>();
    return [...reserved].reduce((sum, [other, count]) => (other === batch ? sum : sum + count), 0);
  }
}
