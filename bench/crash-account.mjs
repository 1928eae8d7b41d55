/** What is counted after a crash, and by which rule. The emulator is the witness for what lives. */

/** How many create calls have bought something so far, whatever was answered. */
export async function countCommits(control) {
  let commits = 0;
  for await (const { committed } of control.log('CreateInstances')) commits += committed ? 1 : 0;
  return commits;
}

/**
 * Compares what lives with what a program knows.
 *
 * @param {{ control: object, readOwnIds: () => Promise<Set<string>> }} program - that is done
 * @param {{ slots: number, starts: number }} run - what was asked for, and how often the program
 *   was started after the kill
 */
export async function readVerdict(program, { slots, starts }) {
  const own = await program.readOwnIds();
  const live = new Set();
  for await (const { InstanceId, InstanceStatus } of program.control.instances()) {
    if (InstanceStatus !== 'Released') live.add(InstanceId);
  }
  const unknownInstances = [...live].filter((id) => !own.has(id)).length;
  const namedInVain = [...own].filter((id) => !live.has(id)).length;
  return {
    live: live.size,
    duplicates: Math.max(0, live.size - slots),
    unknownInstances,
    manualSteps: unknownInstances + namedInVain + (starts - 1),
  };
}
