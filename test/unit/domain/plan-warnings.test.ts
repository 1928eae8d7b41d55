import { isRefusal, listPlanWarnings } from '../../../src/domain/plan-warnings';
import {
  PLACEMENTS,
  createCheckedRequest,
  createSubmittedGroup,
} from '../../support/batch-requests';

const SETTINGS = { slotsPerBatchMax: 5_000, isPrepaidAllowed: true, settleTimeMs: 1_000_000 };
const CLASS = 'redis.master.small.default';

function listCodes(changes: object, settings: Partial<typeof SETTINGS> = {}): string[] {
  const warnings = listPlanWarnings(createCheckedRequest(changes), { ...SETTINGS, ...settings });
  return warnings.map(({ code }) => code);
}

function createPrepaid(changes: object = {}): object {
  const spec = { instanceClass: CLASS, chargeType: 'PrePaid', periodMonths: 12, autoPay: true };
  return { groups: [createSubmittedGroup({ spec: { ...spec, ...changes } })] };
}

describe('the warnings of a plan', () => {
  it('are none for a batch that holds no surprise', () => {
    expect(listCodes({})).toEqual([]);
  });

  it('say that a group without a second placement waits when its zone is sold out', () => {
    const groups = [createSubmittedGroup({ placements: PLACEMENTS.slice(0, 1) })];
    expect(listCodes({ groups })).toEqual(['single-placement']);
  });

  it('say that a prepaid order is for good, and whether it pays and renews itself', () => {
    expect(listCodes(createPrepaid())).toEqual(['prepaid', 'pays-at-once']);
    expect(listCodes(createPrepaid({ autoPay: false, autoRenew: true }))).toEqual([
      'prepaid',
      'unpaid-order',
      'auto-renew',
    ]);
  });

  it('say when fewer instances, or none, count as success', () => {
    expect(listCodes({ policy: { minReady: '50%' } })).toEqual(['fewer-count-as-success']);
    expect(listCodes({ policy: { minReady: '0%' } })).toEqual(['none-count-as-success']);
    // A share that rounds up to all of three leaves nothing out.
    expect(listCodes({ policy: { minReady: '99%' } })).toEqual([]);
  });

  it('say when the deadline is too short to wait for an instance, or to settle a lost answer', () => {
    expect(listCodes({ policy: { deadline: '20m' } })).toEqual(['deadline-too-short']);
    const policy = { readyDeadline: '10m', deadline: '15m' };
    expect(listCodes({ policy })).toEqual(['deadline-too-short']);
    expect(listCodes({ policy }, { settleTimeMs: 600_000 })).toEqual([]);
  });

  it('tell what the worker would refuse from what may only surprise', () => {
    const request = createCheckedRequest(createPrepaid());
    const settings = { ...SETTINGS, slotsPerBatchMax: 2, isPrepaidAllowed: false };
    const refusals = listPlanWarnings(request, settings).filter(isRefusal);
    expect(refusals.map(({ code }) => code)).toEqual(['too-many-slots', 'prepaid-not-allowed']);
  });
});
