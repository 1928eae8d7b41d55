import type { BatchRequest } from '../../../src/domain/batch-request';
import { judgePreflight } from '../../../src/domain/preflight';
import type { PreflightReport } from '../../../src/domain/preflight-report';
import type { Fact, PreflightFacts, SaleFact } from '../../../src/domain/preflight-facts';
import { listPriceChanges } from '../../../src/domain/preflight-price';
import { listPreflightQuestions } from '../../../src/domain/preflight-questions';
import {
  createCheckedRequest,
  createFrozen,
  createSubmittedGroup,
  PLACEMENTS,
} from '../../support/batch-requests';

const SOLD: SaleFact = { engineVersions: ['4.0', '5.0'], isAnythingListed: true };
const DENIED = { kind: 'unknown', code: 'Forbidden.RAM', message: 'RAM says no.' } as const;
const VSWITCHES = [
  { vSwitchId: 'vsw-1', zone: 'cn-hangzhou-h', status: 'Available', freeIps: 100 },
  { vSwitchId: 'vsw-2', zone: 'cn-hangzhou-i', status: 'Available', freeIps: 100 },
];
const ZONES = [
  { zone: 'cn-hangzhou-h', isOpen: true },
  { zone: 'cn-hangzhou-i', isOpen: true },
];

/** What a test wants to differ from a cloud in which everything is fine. */
interface Answers {
  readonly zones?: Fact<typeof ZONES>;
  readonly sale?: Fact<SaleFact>;
  readonly vpcStatus?: string | null;
  readonly vSwitches?: Fact<readonly ((typeof VSWITCHES)[number] | { freeIps: null })[]>;
  readonly price?: (zone: string) => string | null;
  readonly taken?: number;
}

function answer(request: BatchRequest, answers: Answers = {}): PreflightFacts {
  const questions = listPreflightQuestions(request, createFrozen(request));
  const { vpcStatus = 'Available', price = () => '0.1625', taken = 0 } = answers;
  return {
    zones: questions.regions.map((question) => ({
      question,
      fact: answers.zones ?? know(ZONES),
    })),
    sales: questions.sales.map((question) => ({ question, fact: answers.sale ?? know(SOLD) })),
    networks: questions.networks.map((question) => ({
      question,
      vpc: know(vpcStatus === null ? null : { vpcId: question.vpcId, status: vpcStatus }),
      vSwitches: (answers.vSwitches ?? know(VSWITCHES)) as Fact<typeof VSWITCHES>,
    })),
    prices: questions.prices.map((question) => {
      const amount = price(question.zone);
      return { question, fact: amount === null ? DENIED : know({ amount, currency: 'CNY' }) };
    }),
    names: questions.names.map((question) => ({ question, fact: know(taken) })),
  };
}

function know<Value>(value: Value): Fact<Value> {
  return { kind: 'known', value };
}

function judge(answers: Answers = {}, changes: object = {}): PreflightReport {
  const request = createCheckedRequest(changes);
  return judgePreflight(request, answer(request, answers));
}

function messagesOf(report: PreflightReport): string {
  const placements = report.groups.flatMap((group) => group.placements);
  return [...report.groups, ...placements]
    .flatMap(({ checks }) => checks)
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ message }) => message)
    .join('\n');
}

describe('the questions of a preflight', () => {
  it('do not grow with the slots, nor with groups that want the same', () => {
    const groups = ['a', 'b'].map((name) => createSubmittedGroup({ name, count: 400 }));
    const request = createCheckedRequest({ groups });
    const questions = listPreflightQuestions(request, createFrozen(request));
    expect(questions).toMatchObject({
      regions: [{ region: 'cn-hangzhou' }],
      sales: [{ zone: 'cn-hangzhou-h' }, { zone: 'cn-hangzhou-i' }],
      networks: [{ vpcId: 'vpc-1', vSwitchIds: ['vsw-1', 'vsw-2'] }],
      names: [{ nameTag: expect.stringMatching(/^-\w{10}-s$/) }],
    });
    expect(questions.prices).toHaveLength(2);
    expect(questions.names).toHaveLength(1);
  });

  it('ask for the class of the placement where it has one of its own', () => {
    const instanceClass = 'redis.master.mid.default';
    const request = createCheckedRequest({
      groups: [createSubmittedGroup({ placements: [{ ...PLACEMENTS[0], instanceClass }] })],
    });
    const { prices } = listPreflightQuestions(request, createFrozen(request));
    expect(prices).toMatchObject([{ instanceClass, capacityMb: null, periodMonths: null }]);
  });
});

it('a size of Memcache has no price, since the call would take it for Redis', () => {
  const spec = { capacityMb: 1_024, engine: 'Memcache' };
  const report = judge({}, { groups: [createSubmittedGroup({ spec })] });
  expect(report).toMatchObject({ verdict: 'unknown', totals: [{ unpricedSlots: 3 }] });
  expect(messagesOf(report)).toContain('the cloud has no call for it');
});

describe('the verdict of a preflight', () => {
  it('is ok where everything is open, on sale, free and priced', () => {
    const report = judge();
    expect(report.verdict).toBe('ok');
    expect(messagesOf(report)).toBe('');
  });

  it('is impossible in a zone that is closed, or that is none of the region', () => {
    const closed = judge({ zones: know(ZONES.map((zone) => ({ ...zone, isOpen: false }))) });
    expect(closed.verdict).toBe('impossible');
    expect(messagesOf(closed)).toContain('cn-hangzhou-h takes no new instances');
    const absent = judge({ zones: know([{ zone: 'cn-hangzhou-k', isOpen: true }]) });
    expect(messagesOf(absent)).toContain(
      'cn-hangzhou has no zone cn-hangzhou-h: use cn-hangzhou-k',
    );
  });

  it('is a warning where a first choice is impossible and the next one is not', () => {
    const report = judge({ zones: know([{ ...ZONES[0]!, isOpen: false }, ZONES[1]!]) });
    expect(report.groups[0]?.placements.map(({ verdict }) => verdict)).toEqual([
      'impossible',
      'ok',
    ]);
    expect(report.verdict).toBe('warning');
  });

  it('is impossible for a class that is absent from a list, and unknown where the list is empty', () => {
    const none = { engineVersions: [], isAnythingListed: true };
    expect(judge({ sale: know(none) }).verdict).toBe('impossible');
    expect(judge({ sale: know({ ...none, isAnythingListed: false }) }).verdict).toBe('unknown');
  });

  it('names the versions of a class that is sold with others', () => {
    const report = judge({ sale: know({ engineVersions: ['2.8'], isAnythingListed: true }) });
    expect(report.verdict).toBe('impossible');
    expect(messagesOf(report)).toContain('with version 2.8, not 5.0: change engineVersion');
  });

  it('is impossible without the VPC, without the vSwitch, or with one of another zone', () => {
    expect(messagesOf(judge({ vpcStatus: null }))).toContain('sees no VPC vpc-1 in cn-hangzhou');
    expect(messagesOf(judge({ vSwitches: know([]) }))).toContain('vpc-1 has no vSwitch vsw-1');
    const moved = VSWITCHES.map((one) => ({ ...one, zone: 'cn-hangzhou-g' }));
    const report = judge({ vSwitches: know(moved) });
    expect(report.verdict).toBe('impossible');
    expect(messagesOf(report)).toContain('vsw-1 is in cn-hangzhou-g, not in cn-hangzhou-h');
  });

  it('is a warning while a network is being made', () => {
    expect(judge({ vpcStatus: 'Pending' }).verdict).toBe('warning');
  });

  it('counts the addresses of all groups that come to a vSwitch first', () => {
    const groups = ['a', 'b'].map((name) => createSubmittedGroup({ name, count: 60 }));
    const report = judge({}, { groups });
    expect(report.verdict).toBe('warning');
    expect(messagesOf(report)).toContain('vsw-1 has 100 addresses left, and 120 slots begin there');
  });

  it('spreads the slots of a group over its placements where the group asks for it', () => {
    const groups = [createSubmittedGroup({ count: 151, placementPolicy: 'spread' })];
    const price = (zone: string) => (zone === 'cn-hangzhou-i' ? '2.00' : '1.00');
    const report = judge({ price }, { groups });
    expect(report.groups[0]?.placements.map(({ slots }) => slots)).toEqual([75, 76]);
    expect(report).toMatchObject({ verdict: 'ok', totals: [{ amount: '227.00', slots: 151 }] });
  });

  it('is impossible where all vSwitches of a group together have too few addresses', () => {
    const report = judge({}, { groups: [createSubmittedGroup({ count: 201 })] });
    expect(report.verdict).toBe('impossible');
    expect(messagesOf(report)).toContain('200 addresses left for 201 instances');
    expect(judge({}, { groups: [createSubmittedGroup({ count: 200 })] }).verdict).toBe('warning');
  });

  it('is unknown, and no worse, for what nobody may look at', () => {
    const report = judge({ zones: DENIED, sale: DENIED, vSwitches: DENIED, price: () => null });
    expect(report.verdict).toBe('unknown');
    expect(messagesOf(report)).toContain('could not be asked: RAM says no.');
  });

  it('is a warning when instances bear the names already', () => {
    const report = judge({ taken: 3 });
    expect(report.verdict).toBe('warning');
    expect(report.names).toMatchObject([{ message: expect.stringContaining('(3)') }]);
  });
});

describe('the total of a preflight', () => {
  it('adds up exactly, where floating point would not', () => {
    const groups = [createSubmittedGroup({ count: 3 })];
    expect(judge({ price: () => '0.1' }, { groups }).totals).toEqual([
      {
        ...{ chargeType: 'PostPaid', periodMonths: null, currency: 'CNY' },
        ...{ amount: '0.30', slots: 3, unpricedSlots: 0 },
      },
    ]);
  });

  it('keeps an hour and a period apart, and says for how many slots a price is missing', () => {
    const prepaid = { instanceClass: 'redis.master.small.default', chargeType: 'PrePaid' };
    const groups = [
      createSubmittedGroup({ name: 'a', count: 10 }),
      createSubmittedGroup({
        ...{ name: 'b', count: 4 },
        spec: { ...prepaid, periodMonths: 12, autoPay: true },
        placements: [PLACEMENTS[1]],
      }),
    ];
    const price = (zone: string) => (zone === 'cn-hangzhou-i' ? null : '0.1625');
    expect(judge({ price }, { groups }).totals).toMatchObject([
      { chargeType: 'PostPaid', amount: '1.6250', unpricedSlots: 0 },
      { chargeType: 'PrePaid', periodMonths: 12, amount: '0.00', slots: 4, unpricedSlots: 4 },
    ]);
  });

  it('takes the first placement that is possible', () => {
    const zones = know([{ ...ZONES[0]!, isOpen: false }, ZONES[1]!]);
    const price = (zone: string) => (zone === 'cn-hangzhou-i' ? '2.00' : '1.00');
    expect(judge({ zones, price }).totals).toMatchObject([{ amount: '6.00' }]);
  });
});

describe('a price that was looked at', () => {
  const request = createCheckedRequest();
  const [offer] = listPreflightQuestions(request, createFrozen(request)).prices;
  const at = (amount: string | null, currency = 'CNY') => [
    { offer: offer!, price: amount === null ? null : { amount, currency } },
  ];

  it('has changed when it is another one, of another currency, or no longer known', () => {
    expect(listPriceChanges(at('1.00'), at('1.00'))).toEqual([]);
    expect(listPriceChanges(at('1.00'), at('1.01'))).toMatchObject([{ now: { amount: '1.01' } }]);
    expect(listPriceChanges(at('1.00'), at('1.00', 'USD'))).toHaveLength(1);
    expect(listPriceChanges(at('1.00'), at(null))).toMatchObject([{ now: null }]);
    expect(listPriceChanges(at('1.00'), [])).toHaveLength(1);
  });

  it('cannot have changed when it was never known', () => {
    expect(listPriceChanges(at(null), at('1.00'))).toEqual([]);
  });
});
