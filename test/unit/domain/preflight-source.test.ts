import type {
  BackupFact,
  Fact,
  PreflightFacts,
  SourceFact,
} from '../../../src/domain/preflight-facts';
import { judgePreflight } from '../../../src/domain/preflight';
import type { PreflightCheck } from '../../../src/domain/preflight-check';
import { listPreflightQuestions } from '../../../src/domain/preflight-questions';
import {
  createCheckedRequest,
  createFrozen,
  createSubmittedGroup,
} from '../../support/batch-requests';

const CLASS = { instanceClass: 'redis.master.small.default' };
const RESTORE = { ...CLASS, sourceInstanceId: 'r-1', backupId: '7' };
const REBUILD = { ...CLASS, sourceInstanceId: 'r-1', rebuildInstance: true };
const DENIED = { kind: 'unknown', code: 'Forbidden.RAM', message: 'RAM says no.' } as const;

/** What the cloud says of the source, and what a class of this size holds. */
interface Said {
  readonly instance?: Fact<SourceFact | null>;
  readonly backup?: Fact<BackupFact | null>;
  readonly capacityMb?: number | null;
  /** Whether the worker is of a version that asks for no sources. */
  readonly isOld?: boolean;
}

function know<Value>(value: Value): Fact<Value> {
  return { kind: 'known', value };
}

/** The checks of a restore or a rebuild that are not about the order itself. */
function check(spec: object, said: Said = {}): Record<string, PreflightCheck> {
  const count = 'rebuildInstance' in spec ? 1 : 3;
  const request = createCheckedRequest({ groups: [createSubmittedGroup({ spec, count })] });
  const questions = listPreflightQuestions(request, createFrozen(request));
  const {
    instance = know({ status: 'Normal', capacityMb: 1_024 }),
    backup = know({ status: 'Success', sizeBytes: 1_048_576 }),
    capacityMb = 1_024,
  } = said;
  const facts: PreflightFacts = {
    ...{ zones: [], networks: [], prices: [], names: [] },
    sales: questions.sales.map((question) => ({
      question,
      fact: know({ engineVersions: ['5.0'], capacityMb, isAnythingListed: true }),
    })),
    ...(said.isOld === true
      ? {}
      : {
          sources: questions.sources!.map((question) => ({
            ...{ question, instance },
            ...(question.backupId === null ? {} : { backup }),
          })),
        }),
  };
  const [group] = judgePreflight(request, facts).groups;
  const checks = [...group!.checks, ...group!.placements.flatMap((one) => one.checks)];
  const own = checks.filter(({ about }) => ['source', 'backup', 'capacity'].includes(about));
  return Object.fromEntries(own.map((one) => [one.about, one]));
}

function verdictsOf(spec: object, said?: Said): object {
  const checks = Object.entries(check(spec, said));
  return Object.fromEntries(checks.map(([about, { verdict }]) => [about, verdict]));
}

describe('the preflight of a restore', () => {
  it('asks for each source and set once, and for none where a group begins empty', () => {
    const groups = ['a', 'b'].map((name) => createSubmittedGroup({ name, spec: RESTORE }));
    const request = createCheckedRequest({ groups: [...groups, createSubmittedGroup()] });
    expect(listPreflightQuestions(request, createFrozen(request)).sources).toEqual([
      { region: 'cn-hangzhou', engine: 'Redis', sourceInstanceId: 'r-1', backupId: '7' },
    ]);
    expect(check(CLASS)).toEqual({});
  });

  it('is fine with a source that lives, a complete set and a class of its size', () => {
    expect(verdictsOf(RESTORE)).toEqual({ source: 'ok', backup: 'ok', capacity: 'ok' });
  });

  it('is impossible without the set, or with one that failed, and early while it is made', () => {
    expect(verdictsOf(RESTORE, { backup: know(null) })).toMatchObject({ backup: 'impossible' });
    const of = (status: string): Said => ({ backup: know({ status, sizeBytes: null }) });
    expect(verdictsOf(RESTORE, of('Failed'))).toMatchObject({ backup: 'impossible' });
    expect(verdictsOf(RESTORE, of('Running'))).toMatchObject({ backup: 'warning' });
  });

  it('is a warning when the source does not live, since it may be in the recycle bin', () => {
    const checks = check(RESTORE, { instance: know(null), backup: DENIED });
    expect(checks['source']).toMatchObject({
      verdict: 'warning',
      message: expect.stringContaining('r-1 does not live in cn-hangzhou') as unknown,
    });
    expect(checks['backup']?.verdict).toBe('unknown');
  });

  it('is a warning when the class is smaller than the source, or than the set itself', () => {
    const large = know({ status: 'Normal', capacityMb: 4_096 });
    expect(check(RESTORE, { instance: large })['capacity']).toEqual({
      ...{ about: 'capacity', verdict: 'warning' },
      message:
        'it has 1024 MB, and the source up to 4096: take a larger class unless the data is known to be small.',
    });
    const backup = know({ status: 'Success', sizeBytes: 1_025 * 1_048_576 });
    expect(verdictsOf(RESTORE, { backup })).toMatchObject({ capacity: 'warning' });
  });

  it('does not guess at what nobody tells', () => {
    expect(verdictsOf(RESTORE, { capacityMb: null })).toMatchObject({ capacity: 'unknown' });
    expect(verdictsOf(RESTORE, { isOld: true })).toEqual({
      ...{ source: 'unknown', backup: 'unknown', capacity: 'unknown' },
    });
  });
});

describe('the preflight of a rebuild', () => {
  it('is impossible while its source lives', () => {
    expect(verdictsOf(REBUILD)).toMatchObject({ source: 'impossible' });
  });

  it('cannot tell what is in the recycle bin', () => {
    expect(verdictsOf(REBUILD, { instance: know(null) })).toEqual({
      ...{ source: 'unknown', capacity: 'unknown' },
    });
  });
});
