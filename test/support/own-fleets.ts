import { startFleet, type Fleet, type FleetOptions } from './fleet';

/**
 * For tests that run side by side, each with a fleet of its own: most of their time is waiting.
 *
 * @returns starts a fleet; all of them are closed when the file has ended
 */
export function useOwnFleets(): (options?: FleetOptions) => Promise<Fleet> {
  const open: Fleet[] = [];
  afterAll(() => Promise.all(open.map((fleet) => fleet.close())));
  return async (options) => {
    const fleet = await startFleet(options);
    open.push(fleet);
    return fleet;
  };
}
