import type { ResultDocument } from '../../src/domain/result';
import type { EmulatorInstance, EmulatorLogEntry, Fleet, StartedBatch } from './fleet';
import { createTestRequest } from './test-request';

/**
 * Scenarios that run side by side on one fleet: each has a batch of one group, and by the group's name,
 * which stands in every instance's name, its faults, calls and instances are told from the others'.
 */
export interface Scenario extends GroupBooks {
  readonly batch: StartedBatch;
}

/** What the emulator's own books say of one group. */
export interface GroupBooks {
  /** All instances of the group that live. */
  listLiving(): Promise<readonly EmulatorInstance[]>;
  /** Its CreateInstances calls as they arrived. */
  listCreates(): Promise<readonly EmulatorLogEntry[]>;
  /** How many different tokens it has sent: one for each order that it means to place. */
  countTokens(): Promise<number>;
}

/** Slots of a scenario: two chunks, 10 and 3. */
export const SCENARIO_SLOTS = 13;

/** What a scenario starts with. */
export interface ScenarioOptions {
  readonly count?: number;
  /** Rules that concern this group only; tried in their order. */
  readonly faults?: readonly object[];
  /** What differs from a plain group. */
  readonly changes?: object;
  /** What differs from a plain policy. */
  readonly policy?: object;
}

/**
 * Scripts the faults, then starts the batch.
 *
 * @param fleet - where it runs
 * @param group - name of its group; no other scenario of the fleet has it
 * @param options - what it starts with
 */
export async function startScenario(
  fleet: Fleet,
  group: string,
  options: ScenarioOptions = {},
): Promise<Scenario> {
  await fleet.control.addFaults(
    (options.faults ?? []).map((fault) => ({
      action: 'CreateInstances',
      match: `"${toMark(group)}`,
      ...fault,
    })),
  );
  const { count = SCENARIO_SLOTS, changes = {}, policy = {} } = options;
  const request = createTestRequest(count, { name: group, ...changes });
  const batch = await fleet.start({ ...request, policy });
  return { batch, ...openBooks(fleet, group) };
}

/** What the emulator knows of the group of that name, whoever orders for it. */
export function openBooks(fleet: Fleet, group: string): GroupBooks {
  const listCreates = async (): Promise<readonly EmulatorLogEntry[]> =>
    (await fleet.control.log('CreateInstances')).filter(({ params }) =>
      params['Instances']?.includes(`"${toMark(group)}`),
    );
  return {
    listCreates,
    listLiving: async () =>
      (await fleet.control.instances()).filter(
        ({ InstanceName, InstanceStatus }) =>
          InstanceName.startsWith(toMark(group)) && InstanceStatus !== 'Released',
      ),
    countTokens: async () =>
      new Set((await listCreates()).map(({ params }) => params['Token'])).size,
  };
}

/**
 * Exactly as many as asked: what lives in the cloud is what the document lists, each slot once, and
 * nothing else.
 */
export async function expectExactly(
  books: Pick<GroupBooks, 'listLiving'>,
  document: ResultDocument,
  slots = SCENARIO_SLOTS,
): Promise<void> {
  expect(document).toMatchObject({
    outcome: 'succeeded',
    counts: { slots, ready: slots, failed: 0, parked: 0, orphans: 0 },
    missing: [],
  });
  const living = (await books.listLiving()).map(({ InstanceId }) => InstanceId);
  const listed = (document.instances ?? []).map(({ id }) => id);
  expect(living).toHaveLength(slots);
  expect([...living].sort()).toEqual([...listed].sort());
}

/** How the names of a group's instances begin, and nobody else's. */
function toMark(group: string): string {
  return `${group}-`;
}
