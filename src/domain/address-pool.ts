/** Addresses of one vSwitch that the shard may take. */
export interface AddressPool {
  readonly vSwitchId: string;
  /** The placements whose instances take them: index of the group, and rank. */
  readonly places: readonly GroupPlace[];
  /** Free when somebody looked, before the shard bought anything. */
  readonly free: number;
  /** When this is forgotten, ms since the epoch. */
  readonly untilMs: number;
}

/** A placement of a group. */
export interface GroupPlace {
  readonly group: number;
  readonly placement: number;
}
