import fc from 'fast-check';
import type { FollowUps } from '../../src/domain/follow-ups';
import { readCsvSource } from '../../src/input/csv-source';
import { readSources } from '../../src/input/read-request';
import { Variables } from '../../src/input/variables';

/** What a group asks for in CSV is what it would ask for in YAML. */

describe('follow-ups in CSV', () => {
  it('are read as they were written, whatever they are', () => {
    fc.assert(
      fc.property(anyFollowUps(), fc.constantFrom(',', ';', '\t'), (followUps, delimiter) => {
        expect(readFollowUps(toCsv(followUps, delimiter))).toEqual(followUps);
      }),
      { numRuns: 300 },
    );
  });
});

function readFollowUps(text: string): FollowUps | undefined {
  const variables = new Variables(new Map());
  const read = readSources([readCsvSource(text, { fileName: 'x.csv', variables })], {
    fallbackBatchId: 'b',
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.request.groups[0]!.followUps;
}

function toCsv(followUps: FollowUps, delimiter: string): string {
  const { passwordFrom, maintenanceWindow: window, parameters = {}, tags = {} } = followUps;
  const from: { readonly env?: string; readonly file?: string } = passwordFrom ?? {};
  const { securityIps, releaseProtection, allowAnywhere, ping } = followUps;
  const cells: Readonly<Record<string, string | undefined>> = {
    ...{ group: 'a', capacityMb: '1', region: 'r', zone: 'z', vpcId: 'v', vSwitchId: 's' },
    ...{ passwordFromEnv: from.env, passwordFromFile: from.file },
    ...{ maintenanceStart: window?.start, maintenanceEnd: window?.end, ping },
    ...{ securityIps: securityIps?.join(delimiter === ';' ? ' ' : ';') },
    ...{ releaseProtection: toFlag(releaseProtection), allowAnywhere: toFlag(allowAnywhere) },
    ...toColumns('parameter', parameters),
    ...toColumns('tag', tags),
  };
  const row = (values: readonly (string | undefined)[]): string =>
    values.map((value = '') => `"${value.replaceAll('"', '""')}"`).join(delimiter);
  return `${row(Object.keys(cells))}\n${row(Object.values(cells))}\n`;
}

function toColumns(prefix: string, values: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value]),
  );
}

function toFlag(flag: boolean | undefined): string | undefined {
  return flag === undefined ? undefined : String(flag).toUpperCase();
}

function anyFollowUps(): fc.Arbitrary<FollowUps> {
  const text = fc.stringMatching(/^[A-Za-z0-9.:"',;=-]{1,12}$/);
  const key = fc.stringMatching(/^[a-z][a-z.-]{0,8}$/);
  const values = fc.dictionary(key, text, { minKeys: 1, maxKeys: 4 });
  const address = fc
    .array(fc.integer({ min: 1, max: 255 }), { minLength: 4, maxLength: 4 })
    .map((octets) => octets.join('.'));
  const optional = fc.record(
    {
      passwordFrom: fc.constantFrom({ env: 'TAIRFLEET_SECRET_A' }, { file: '/run/secrets/a' }),
      maintenanceWindow: fc.constant({ start: '18:00Z', end: '22:00Z' }),
      ...{ parameters: values, tags: values },
      securityIps: fc.uniqueArray(address, { minLength: 1, maxLength: 4 }),
      releaseProtection: fc.constant(true as const),
      ping: fc.constantFrom('tcp' as const, 'tls' as const),
    },
    { requiredKeys: ['tags'] },
  );
  return optional.filter(({ tags }) => !Object.keys(tags).some((name) => name.startsWith('acs')));
}
