/**
 * What the cloud refuses, and what somebody does about it. `ask` makes the request out of a plain one,
 * `prepare` gives the emulator's config for it, `mend` removes the cause and says when it was gone.
 */

const NO_SUCH_CLASS = 'redis.no.such.class';
const OTHER_ZONE = { zone: 'cn-hangzhou-i', vSwitchId: 'vsw-2' };

/** A request of one group, changed. */
const ofGroup = (change) => (request) => {
  const [group] = request.groups;
  return { ...request, groups: [{ ...group, ...change(group) }] };
};

const withCount = (count) => ofGroup(() => ({ count }));

/** Configures the emulator and says when. */
async function mendBy(fleet, config) {
  await fleet.control.configure(config);
  return Date.now();
}

const untilGate = (batch) => batch.until(({ gate }) => gate !== null && gate.probes > 0);
const untilParked = (batch) => batch.until(({ phase }) => phase === 'parked');

export const SCENARIOS = [
  {
    name: 'quota for 60 of 100, raised later',
    ask: withCount(100),
    prepare: ({ live }) => ({ quota: live + 60 }),
    mend: async ({ batch, fleet }) => {
      await batch.until(({ counts }) => counts.ready === 60);
      await untilGate(batch);
      return mendBy(fleet, { quota: null });
    },
    expect: { ready: 100, wastedMax: 10 },
  },
  {
    name: 'no stock in the first zone',
    ask: ofGroup(({ placements: [first] }) => ({
      count: 100,
      placements: [first, { ...first, ...OTHER_ZONE }],
    })),
    prepare: () => ({ stock: { 'cn-hangzhou-h': { 'redis.master.small.default': 0 } } }),
    expect: { ready: 100, wastedMax: 2 },
  },
  {
    name: 'no stock of the class anywhere, another class is allowed',
    ask: ofGroup(({ placements: [first] }) => ({
      count: 100,
      placements: [first, { ...first, instanceClass: 'redis.master.mid.default' }],
    })),
    prepare: () => ({ stock: { 'cn-hangzhou-h': { 'redis.master.small.default': 0 } } }),
    expect: { ready: 100, wastedMax: 2 },
  },
  {
    name: 'a vSwitch with 30 free addresses for 50, the next one has more',
    ask: ofGroup(({ placements: [first] }) => ({
      count: 50,
      placements: [first, { ...first, ...OTHER_ZONE }],
    })),
    prepare: () => ({ freeIps: { 'vsw-1': 30 } }),
    expect: { ready: 50, wastedMax: 5 },
  },
  {
    name: 'the balance is gone, and refilled',
    ask: withCount(100),
    prepare: () => ({ balance: 0 }),
    mend: async ({ batch, fleet }) => {
      await untilParked(batch);
      const atMs = await mendBy(fleet, { balance: null });
      await batch.update('retryFailed', { by: 'ann', why: 'refilled' });
      return atMs;
    },
    expect: { ready: 100, wastedMax: 1 },
  },
  {
    name: 'permission denied, the policy is fixed, retried by an operator',
    ask: withCount(100),
    prepare: () => ({ ramPolicy: { deny: ['CreateInstances'] } }),
    mend: async ({ batch, fleet }) => {
      await untilParked(batch);
      const atMs = await mendBy(fleet, { ramPolicy: { deny: [] } });
      await batch.update('retryFailed', { by: 'ann', why: 'policy mended' });
      return atMs;
    },
    expect: { ready: 100, wastedMax: 1 },
  },
  {
    name: 'one poison entry among 100',
    ask: (request) => {
      const [group] = request.groups;
      const groups = Array.from({ length: 100 }, (_none, index) => ({
        ...group,
        name: `g${index}`,
        count: 1,
        spec: index === 42 ? { ...group.spec, instanceClass: NO_SUCH_CLASS } : group.spec,
      }));
      return { ...request, groups, policy: { deadline: '10m' } };
    },
    prepare: () => ({}),
    mend: async ({ batch }) => {
      await batch.until(({ counts }) => counts.ready === 99 && counts.parked === 1);
      await batch.update('skip', { by: 'ann' });
      return Date.now();
    },
    expect: { ready: 99, wastedMax: 1 },
  },
  {
    name: 'a wrong class for 1,000',
    ask: ofGroup(({ spec }) => ({ count: 1_000, spec: { ...spec, instanceClass: NO_SUCH_CLASS } })),
    prepare: () => ({}),
    mend: async ({ batch }) => {
      await untilParked(batch);
      await batch.update('cancel', { why: 'wrong class' });
      return Date.now();
    },
    expect: { ready: 0, wastedMax: 1 },
  },
  {
    name: '5 % end in Error',
    ask: withCount(100),
    prepare: () => ({ errorShare: 0.05 }),
    expect: { ready: null, live: 100, wastedMax: 0 },
  },
  {
    name: '5 % end in Error, replaced',
    ask: (request) => ({ ...withCount(100)(request), policy: { replaceFailed: 3 } }),
    prepare: () => ({ errorShare: 0.05 }),
    expect: { ready: 100, live: null, wastedMax: 0 },
  },
  {
    name: 'cancelled at 50 %, kept',
    ask: withCount(100),
    prepare: ({ live }) => ({ quota: live + 50 }),
    mend: async ({ batch }) => {
      await batch.until(({ counts }) => counts.ready === 50);
      await batch.update('cancel', { instances: 'keep' });
      return Date.now();
    },
    expect: { ready: 50, wastedMax: 10 },
  },
  {
    name: 'cancelled at 50 %, released',
    ask: withCount(100),
    prepare: ({ live }) => ({ quota: live + 50 }),
    mend: async ({ batch }) => {
      await batch.until(({ counts }) => counts.ready === 50);
      await batch.update('cancel', { instances: 'release' });
      return Date.now();
    },
    expect: { ready: 0, live: 0, wastedMax: 10 },
  },
];
