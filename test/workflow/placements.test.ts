import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest, PLACEMENT } from '../support/test-request';

/** Where instances go, on a real Temporal server and counted by the emulator. */

const ZONES = ['cn-hangzhou-h', 'cn-hangzhou-i', 'cn-hangzhou-j'];
const SPREAD = {
  placementPolicy: 'spread',
  placements: ZONES.map((zone, index) => ({ ...PLACEMENT, zone, vSwitchId: `vsw-${index + 1}` })),
};

let fleet: Fleet;
afterEach(() => fleet.close());

describe('a group that is spread over zones', () => {
  it('has as many instances in each, but for one', async () => {
    fleet = await startFleet();
    const batch = await fleet.start(createTestRequest(50, SPREAD));
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 50 } });
    expect(await countByZone()).toEqual([16, 17, 17]);
  });

  it('goes on in the next zone with what one zone has no stock for', async () => {
    fleet = await startFleet({ emulator: { stock: { 'cn-hangzhou-i': { '*': 0 } } } });
    const batch = await fleet.start(createTestRequest(30, SPREAD));
    const document = await batch.result();
    expect(document).toMatchObject({ outcome: 'succeeded', counts: { ready: 30, orphans: 0 } });
    expect(await countByZone()).toEqual([10, 0, 20]);
  });
});

async function countByZone(): Promise<readonly number[]> {
  const zones = (await fleet.control.instances()).map(({ ZoneId }) => ZoneId);
  return ZONES.map((zone) => zones.filter((each) => each === zone).length);
}
