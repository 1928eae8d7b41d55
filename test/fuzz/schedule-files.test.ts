import fc from 'fast-check';
import { checkScheduleFile } from '../../src/domain/schedule/check-schedule-file';
import { CRON_GRAMMAR } from '../../src/input/cron-grammar';
import { readSchedulesText, type ReadSchedules } from '../../src/input/read-schedules';
import { anyJson, fuzz, PROTOTYPE_KEYS } from './fuzz';
import { anyYamlText } from './yaml-texts';

/** Stands where only a name of a secret may stand: whoever reads a message must not read it. */
const SECRET = 'Correct-Horse-9';

const VALID = `apiVersion: tairfleet/schedules/v1
tenant: payments
schedules:
  - name: nightly
    cron: "30 2 * * 1-5"
    timeZone: Asia/Shanghai
    jitter: 5m
    firings: 3
    request:
      apiVersion: tairfleet/v1
      groups:
        - name: sessions
          count: 3
          spec: { instanceClass: redis.master.small.default, engineVersion: "5.0" }
          placements:
            - { region: cn-hangzhou, zone: cn-hangzhou-h, vpcId: vpc-1, vSwitchId: vsw-1 }
`;

function read(text: string): ReadSchedules {
  return readSchedulesText(text, { fileName: 'schedules.yaml' });
}

/** One schedule of the valid file with some of its keys set to anything. */
function toDocument(changes: object): object {
  const request = {
    apiVersion: 'tairfleet/v1',
    groups: [
      {
        ...{ name: 'sessions', count: 3 },
        spec: { instanceClass: 'redis.master.small.default', engineVersion: '5.0' },
        placements: [{ region: 'r', zone: 'z', vpcId: 'vpc-1', vSwitchId: 'vsw-1' }],
      },
    ],
  };
  const schedule = { name: 'nightly', cron: '30 2 * * 1-5', request, ...changes };
  return { apiVersion: 'tairfleet/schedules/v1', schedules: [schedule] };
}

describe('a file of schedules', () => {
  it('of any text is schedules, or problems with line and column', () =>
    fuzz(
      fc.property(anyYamlText(VALID), (text) => {
        expectAnswer(read(text), text);
      }),
      150,
    ));

  it('with any cron, times and zone is a schedule, or problems', () =>
    fuzz(
      fc.property(anyTimes(), (times) => {
        const text = JSON.stringify(toDocument(times), null, 1);
        expectAnswer(read(text), text);
      }),
      150,
    ));

  it('is checked alike once it has come over the API as JSON', () =>
    fuzz(
      fc.property(anyTimes(), (times) => {
        const document = toDocument(times);
        const checked = checkScheduleFile(document, { grammar: CRON_GRAMMAR });
        expect(read(JSON.stringify(document)).ok).toBe(checked.ok);
      }),
      100,
    ));

  it('that holds a secret in a wrong place is refused without it', () =>
    fuzz(
      fc.property(fc.constantFrom(...SECRET_PLACES), (toChanges) => {
        const answer = read(JSON.stringify(toDocument(toChanges())));
        expect(answer.ok).toBe(false);
        expect(JSON.stringify(answer)).not.toContain(SECRET);
      }),
      20,
    ));

  it('changes nothing of what all objects have in common', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const key of PROTOTYPE_KEYS) {
      read(`${VALID}${key}: { polluted: 1 }\n`);
      read(JSON.stringify(toDocument(JSON.parse(`{"${key}":{"polluted":1}}`) as object)));
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});

/** Changes that put a secret where none belongs. */
const SECRET_PLACES: readonly (() => object)[] = [
  () => ({ password: SECRET }),
  () => ({ request: { ...toRequest({ password: SECRET }) } }),
  () => ({ request: { ...toRequest({ followUps: { password: SECRET } }) } }),
  () => ({ request: { ...toRequest({ followUps: { passwordFrom: SECRET } }) } }),
];

function toRequest(group: object): object {
  const { schedules } = toDocument({}) as {
    readonly schedules: readonly [{ readonly request: { readonly groups: readonly object[] } }];
  };
  const [{ request }] = schedules;
  return { ...request, groups: request.groups.map((each) => ({ ...each, ...group })) };
}

function anyTimes(): fc.Arbitrary<object> {
  const part = fc.constantFrom(
    ...['*', '0', '59', '60', '*/5', '1-5', '5-1', 'MON', 'L', '1#2', '?', '', '-1', '1,2', 'W'],
  );
  const cron = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(' '));
  const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'Mars/Base', '', '../etc', 'utc');
  const moment = fc.constantFrom('2026-01-01T00:00:00Z', '2026-02-30T00:00:00Z', 'today', '');
  const length = fc.constantFrom('5m', '0s', '-1m', '1e9h', '', 5);
  return fc.record(
    {
      cron: fc.oneof(cron, fc.string({ maxLength: 30 }), anyJson()),
      every: fc.oneof(length, anyJson()),
      timeZone: fc.oneof(zone, anyJson()),
      jitter: fc.oneof(length, anyJson()),
      startAt: fc.oneof(moment, anyJson()),
      endAt: fc.oneof(moment, anyJson()),
      firings: fc.oneof(fc.integer(), anyJson()),
      overlap: fc.oneof(fc.constantFrom('skip', 'allowAll', 'SKIP'), anyJson()),
      catchUp: fc.oneof(length, anyJson()),
    },
    { requiredKeys: [] },
  );
}

function expectAnswer(answer: ReadSchedules, text: string): void {
  if (answer.ok) return expect(answer.file.schedules.length).toBeGreaterThan(0);
  expect(answer.problems.length).toBeGreaterThan(0);
  const lines = text.split(/\r\n|\n|\r/).length;
  for (const { line, column, message } of answer.problems) {
    expect(message).toMatch(/[.?]$/);
    expect(line).toBeLessThanOrEqual(lines);
    expect(column).toBeGreaterThanOrEqual(line === 0 ? 0 : 1);
  }
}
