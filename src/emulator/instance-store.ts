import type { Instance, InstanceSpec } from './instance';
import type { BusyStatus } from './instance-life';
import type { InstanceSettings } from './instance-settings';
import { NameIndex } from './name-index';

/** An id without a `-` inside, so a search text can be told apart from one cheaply. */
const ID_PART_PATTERN = /^-?[a-z0-9]{1,18}$|^r-[a-z0-9]{0,18}$/;

/** What a modification makes of an instance; members that are left out stay. */
export interface InstanceChange {
  readonly settings?: InstanceSettings;
  readonly spec?: InstanceSpec;
  /** Until when the modification holds it, and what it is called meanwhile. */
  readonly busy?: { readonly untilMs: number; readonly status: BusyStatus };
}

/** All instances of one emulator, with the indexes that reads need. */
export class InstanceStore {
  private readonly living = new Map<string, Instance>();
  private readonly released = new Map<string, Instance>();
  private readonly destroyed = new Set<string>();
  private readonly byName = new Map<string, Set<Instance>>();
  private readonly names = new NameIndex();
  private readonly orderOfName = new Map<string, string>();
  private readonly repeatedNames = new Set<string>();
  private readonly livingPostPaid = new Map<string, number>();
  private readonly livingInVSwitch = new Map<string, number>();
  private changes = 0;

  /** Grows with each creation, change and deletion: what was computed from the store may be kept by it. */
  get version(): number {
    return this.changes;
  }

  /** Number of instances that are not deleted. */
  get livingCount(): number {
    return this.living.size;
  }

  /** Number of names that instances of more than one order were ever given. */
  get repeatedNameCount(): number {
    return this.repeatedNames.size;
  }

  /** Number of deleted instances. */
  get releasedCount(): number {
    return this.released.size;
  }

  /** All instances that are not deleted, in order of creation. */
  listLiving(): Iterable<Instance> {
    return this.living.values();
  }

  /** All deleted instances, in order of deletion. */
  listReleased(): Iterable<Instance> {
    return this.released.values();
  }

  /** A deleted instance. */
  findReleased(id: string): Instance | undefined {
    return this.released.get(id);
  }

  /** A living instance. */
  find(id: string): Instance | undefined {
    return this.living.get(id);
  }

  /** Living PostPaid instances of an account: what its quota counts. */
  countLivingPostPaid(accountId: string): number {
    return this.livingPostPaid.get(accountId) ?? 0;
  }

  /** Living instances in a vSwitch: each uses an address. */
  countLivingIn(vSwitchId: string): number {
    return this.livingInVSwitch.get(vSwitchId) ?? 0;
  }

  /** Adds a new instance. */
  add(instance: Instance): void {
    this.changes += 1;
    this.living.set(instance.id, instance);
    this.addName(instance);
    this.count(instance, 1);
  }

  /** Replaces settings, spec or both of a living instance. */
  change(instance: Instance, { settings, spec, busy }: InstanceChange): void {
    this.changes += 1;
    if (settings !== undefined) this.replaceSettings(instance, settings);
    if (spec !== undefined) {
      this.count(instance, -1);
      instance.spec = spec;
      this.count(instance, 1);
    }
    if (busy === undefined) return;
    instance.busyUntilMs = busy.untilMs;
    instance.busyStatus = busy.status;
  }

  /** Moves an instance from the living to the released ones. */
  release(instance: Instance, nowMs: number): void {
    this.changes += 1;
    instance.deletedAtMs = nowMs;
    this.living.delete(instance.id);
    this.byName.get(instance.settings.name)?.delete(instance);
    this.released.set(instance.id, instance);
    this.count(instance, -1);
  }

  /** Takes a deleted instance out of the recycle bin for good. */
  destroy(id: string): void {
    this.destroyed.add(id);
  }

  /** True for an instance that is no longer in the recycle bin. */
  isDestroyed(id: string): boolean {
    return this.destroyed.has(id);
  }

  /** Living instances whose name or id contains `text`, in order of creation. */
  search(text: string): Instance[] {
    const found = new Set<Instance>();
    for (const name of this.names.find(text)) {
      for (const instance of this.byName.get(name) ?? []) found.add(instance);
    }
    for (const instance of this.searchIds(text)) found.add(instance);
    return [...found].sort((a, b) => a.ordinal - b.ordinal);
  }

  private replaceSettings(instance: Instance, settings: InstanceSettings): void {
    const isRenamed = settings.name !== instance.settings.name;
    if (isRenamed) this.byName.get(instance.settings.name)?.delete(instance);
    instance.settings = settings;
    if (isRenamed) this.addName(instance);
  }

  private searchIds(text: string): Instance[] {
    const exact = this.living.get(text);
    if (exact !== undefined) return [exact];
    if (!ID_PART_PATTERN.test(text)) return [];
    const found: Instance[] = [];
    for (const instance of this.living.values())
      if (instance.id.includes(text)) found.push(instance);
    return found;
  }

  private addName(instance: Instance): void {
    const { name } = instance.settings;
    const { orderId } = instance.spec;
    if (name === '') return;
    const sameName = this.byName.get(name);
    if (sameName === undefined) this.byName.set(name, new Set([instance]));
    else sameName.add(instance);
    this.names.add(name);
    const firstOrder = this.orderOfName.get(name);
    if (firstOrder === undefined) this.orderOfName.set(name, orderId);
    else if (firstOrder !== orderId) this.repeatedNames.add(name);
  }

  private count({ spec }: Instance, change: 1 | -1): void {
    const { accountId, chargeType, vSwitchId } = spec;
    this.livingInVSwitch.set(vSwitchId, this.countLivingIn(vSwitchId) + change);
    if (chargeType !== 'PostPaid') return;
    this.livingPostPaid.set(accountId, this.countLivingPostPaid(accountId) + change);
  }
}
