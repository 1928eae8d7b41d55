import { readFileSync } from 'node:fs';
import { readCsvSource } from '../../../src/input/csv-source';
import { formatLocatedProblem } from '../../../src/input/located-problem';
import { readSources } from '../../../src/input/read-request';
import { Variables } from '../../../src/input/variables';
import { readYamlSource } from '../../../src/input/yaml-source';

const HEADER = 'group,count,instanceClass,region,zone,vpcId,vSwitchId';
const ROW = 'cache,3,redis.master.small.default,r,z,v,s';

function read(text: string, values: Readonly<Record<string, string>> = {}) {
  const variables = new Variables(new Map(Object.entries(values)));
  return readSources([readCsvSource(text, { fileName: 'x.csv', variables })], {
    fallbackBatchId: 'b',
  });
}

/** The lines that a person would see. */
function linesOf(...rows: readonly string[]): string[] {
  const found = read(rows.join('\n'));
  return found.ok ? [] : found.problems.map(formatLocatedProblem);
}

function groupsOf(text: string, values?: Readonly<Record<string, string>>) {
  const found = read(text, values);
  if (!found.ok) throw new Error(found.problems.map(formatLocatedProblem).join('\n'));
  return found.request.groups;
}

describe('a CSV file', () => {
  it('orders as many instances as each row says, and one where it says none', () => {
    const other = 'carts,,redis.master.small.default,r,z,v,s';
    const groups = groupsOf([HEADER, ROW, other, ROW, other].join('\n'));
    expect(groups.map(({ name, count }) => [name, count])).toEqual([
      ['cache', 6],
      ['carts', 2],
    ]);
  });

  it('needs no count where each row is an instance', () => {
    const text = 'group,capacityMb,region,zone,vpcId,vSwitchId\n' + 'a,1024,r,z,v,s\n'.repeat(250);
    expect(groupsOf(text)).toMatchObject([{ name: 'a', count: 250, spec: { capacityMb: 1024 } }]);
  });

  it('says every key of a spec, and further placements by numbered columns', () => {
    const header = `${HEADER},chargeType,periodMonths,autoPay,zone2,vSwitchId2,zone4,vpcId4,vSwitchId4,instanceClass4,maxPrice`;
    const [group] = groupsOf(
      `${header}\n${ROW},PrePaid,12,FALSE,z2,s2,z4,v4,s4,other.class,0.5 CNY\n`,
    );
    expect(group).toMatchObject({
      spec: { chargeType: 'PrePaid', periodMonths: 12, autoPay: false },
      placements: [
        { region: 'r', zone: 'z', vpcId: 'v', vSwitchId: 's' },
        { region: 'r', zone: 'z2', vpcId: 'v', vSwitchId: 's2' },
        { region: 'r', zone: 'z4', vpcId: 'v4', vSwitchId: 's4', instanceClass: 'other.class' },
      ],
      maxPrice: '0.5 CNY',
    });
  });

  it.each([';', '\t'])('may have its cells apart by %j, as spreadsheets write it', (delimiter) => {
    const text = `\n# a comment, with commas\n${HEADER}\r\n\r\n "cache" , 3 ,c,r,z,v,s\r\n`;
    const comma = groupsOf(text);
    expect(groupsOf(text.replaceAll(/(?<!comment),/g, delimiter))).toEqual(comma);
    expect(comma).toMatchObject([{ name: 'cache', count: 3 }]);
  });

  it('reports every bad row with its line and column', () => {
    expect(
      linesOf(
        HEADER,
        'a,0,c,r,z,v,s',
        'b,two,c,r,"z z",v,s',
        ',1,c,r,z,v,s',
        'd,1,c,r,z,,s',
        'e,1,c,r,z,v',
        '"Ü",1,"a ""b"" c",r,z,v,s',
      ),
    ).toEqual([
      'x.csv:2:3: count: must be a whole number from 1 to 10000000; leave it empty for one.',
      'x.csv:3:3: count: must be a whole number from 1 to 10000000; leave it empty for one.',
      expect.stringMatching(/^x.csv:3:11: zone: must be 1 to 255 printable ASCII/),
      'x.csv:4:1: group: is missing; write the name of the group that the row belongs to.',
      expect.stringMatching(/^x.csv:5:11: vpcId: is missing; write the id of a VPC/),
      'x.csv:6:1: has 6 cells, and the header has 7; put a cell that holds a delimiter in quotes.',
      expect.stringMatching(/^x.csv:7:1: group: must be 1 to 30 lower-case letters/),
      expect.stringMatching(/^x.csv:7:7: instanceClass: must be/),
    ]);
  });

  it('names the other lines of a group that have the same mistake', () => {
    expect(linesOf(HEADER, ...Array<string>(13).fill('a,1,c,r,z z,v,s'))).toEqual([
      expect.stringMatching(
        /^x.csv:2:9: zone: must be .* So it is in line 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more\.$/,
      ),
    ]);
  });

  it('refuses rows of one group that differ in more than their count', () => {
    expect(linesOf(HEADER, ROW, 'cache,1,redis.master.small.default,r,z2,v,s')).toEqual([
      'x.csv:3:38: zone: differs from line 2; rows of the group cache may differ in count alone, so give this row another group.',
    ]);
  });

  it('misses a column once and not in each row, and suggests the one that was meant', () => {
    const lines = linesOf('group,capacityMb,region,zome,vpcId,vSwitchId,zome', 'a,1,r,z,v,s,z');
    expect(lines).toEqual([
      'x.csv:1:1: zone: is missing in the header; each row needs it.',
      expect.stringMatching(/^x.csv:1:25: zome: is not known as a column; did you mean zone\?/),
      expect.stringMatching(/^x.csv:1:46: zome: is not known as a column/),
    ]);
    expect(linesOf(`${HEADER},zone`, `${ROW},z`)).toEqual([
      'x.csv:1:55: zone: is there twice; keep one column.',
    ]);
  });

  it.each([
    ['a,1,"c', 'x.csv:2:5: begins with a quote that is never closed.'],
    ['a,1,c"c,', 'x.csv:2:5: has a quote in its middle; put the whole cell in quotes.'],
    ['"a"b,1', 'x.csv:2:1: goes on after its closing quote; write a quote within a cell twice.'],
  ])('with %j is no CSV, and says where', (row, line) => {
    expect(linesOf(HEADER, row)).toEqual([line]);
  });

  it('tells every line that is no CSV, and what is wrong with the others', () => {
    const bad = ['a,1,"c', 'b,0,c,r,z,v,s', 'c,"x"y,z', 'd,1,"q', 'e,none,c,r,z,v,s'];
    const lines = linesOf(HEADER, ...bad);
    expect(lines.map((line) => line.replace(/; .*/, ''))).toEqual([
      // Its quote seems to be closed by the next one.
      'x.csv:2:5: goes on after its closing quote',
      'x.csv:3:3: count: must be a whole number from 1 to 10000000',
      'x.csv:4:3: goes on after its closing quote',
      'x.csv:5:5: begins with a quote that is never closed.',
      'x.csv:6:3: count: must be a whole number from 1 to 10000000',
    ]);
  });

  it('whose header is none says that alone', () => {
    expect(linesOf('group,"count', 'a,1')).toEqual([
      'x.csv:1:7: begins with a quote that is never closed.',
    ]);
  });

  it('without rows or without anything says what to write', () => {
    expect(linesOf(HEADER)).toEqual(['x.csv:1:1: groups: must have 1 to 500 entries, not 0.']);
    expect(linesOf('# nothing')).toEqual([expect.stringMatching(/^x.csv: is empty; a CSV file/)]);
  });

  it('says how a batch id is given, which it cannot hold', () => {
    const variables = new Variables(new Map());
    const found = readSources([
      readCsvSource(`${HEADER}\n${ROW}`, { fileName: 'x.csv', variables }),
    ]);
    expect(found.ok || found.problems.map(formatLocatedProblem)).toEqual([
      'x.csv:1:1: batchId: is missing, since a CSV file holds none; give --batch-id, or a YAML file that says it.',
    ]);
  });

  it('has its variables filled in, and points at the cell of one without a value', () => {
    const text = `${HEADER}\ncache,\${n},c,r,z-\${zone},v,s`;
    expect(groupsOf(text, { n: '7', zone: 'h' })).toMatchObject([
      { count: 7, placements: [{ zone: 'z-h' }] },
    ]);
    expect(linesOf(text)).toEqual([
      expect.stringMatching(
        /^x.csv:2:7: count: uses the variable n, which has no value; give --var n=…/,
      ),
      expect.stringMatching(/^x.csv:2:16: zone: uses the variable zone/),
    ]);
  });
});

describe('the follow-ups of a group in a CSV file', () => {
  const columns = 'passwordFromEnv,parameter.timeout,tag.team,securityIps,ping,releaseProtection';

  it('are those of the YAML example, column by column', () => {
    const [csv, yaml] = ['csv', 'yaml'].map((ending) =>
      readFileSync(`examples/with-follow-ups.${ending}`, 'utf8'),
    );
    const variables = new Variables(new Map());
    const read = readSources([readYamlSource(yaml!, { fileName: 'x.yaml', variables })]);
    expect(groupsOf(csv!)).toEqual(read.ok && read.request.groups);
  });

  it('are all that a group can ask for, and an empty cell asks for nothing', () => {
    const [cache, carts] = groupsOf(
      [
        `${HEADER},${columns},passwordFromFile,allowAnywhere`,
        `${ROW},,,,10.0.0.1;  0.0.0.0/0 ;10.0.0.2,tls,,/run/secrets/p,TRUE`,
        'carts,,c,r,z,v,s,,"a, b",,,,True,,',
      ].join('\n'),
    );
    expect(cache!.followUps).toEqual({
      passwordFrom: { file: '/run/secrets/p' },
      ...{ securityIps: ['10.0.0.1', '0.0.0.0/0', '10.0.0.2'], allowAnywhere: true, ping: 'tls' },
    });
    expect(carts!.followUps).toEqual({ parameters: { timeout: 'a, b' }, releaseProtection: true });
    expect(groupsOf(`${HEADER},${columns}\n${ROW},,,,,,`)[0]).not.toHaveProperty('followUps');
  });

  it('may have any key of a tag, also one that all objects have', () => {
    const header = `${HEADER},tag.__proto__,tag.Team: A,tag.a.b`;
    const { tags } = groupsOf(`${header}\n${ROW},x,y,z`)[0]!.followUps!;
    expect(Object.entries(tags!)).toEqual([
      ['__proto__', 'x'],
      ['Team: A', 'y'],
      ['a.b', 'z'],
    ]);
  });

  it('are wrong at the cell that says so', () => {
    const header = `${HEADER},${columns},passwordFromFile,maintenanceStart`;
    const row = `${ROW},A_B,,,10.0.0.1 10.0.0.x,udp,no,/run/p,18:00`;
    expect(linesOf(header, row)).toEqual([
      expect.stringMatching(/^x.csv:2:1: maintenanceEnd: is missing; write when it ends/),
      expect.stringMatching(/^x.csv:2:\d+: securityIps: must be an IPv4 address/),
      expect.stringMatching(/^x.csv:2:\d+: ping: must be tcp or tls/),
      expect.stringMatching(/^x.csv:2:\d+: releaseProtection: must be true or false/),
      expect.stringMatching(/^x.csv:2:\d+: passwordFromFile: cannot go with env; keep one/),
      expect.stringMatching(/^x.csv:2:\d+: maintenanceStart: must be a time of day in UTC/),
    ]);
    expect(linesOf(`${HEADER},parameter.requirepass`, `${ROW},secret`)).toEqual([
      expect.stringMatching(/^x.csv:2:44: parameter.requirepass: is a password/),
    ]);
  });

  it('are the same in every row of a group', () => {
    const lines = linesOf(`${HEADER},tag.team`, `${ROW},a`, `${ROW},b`);
    expect(lines).toEqual([expect.stringMatching(/^x.csv:3:44: tag.team: differs from line 2;/)]);
  });

  it.each([
    ['tags.team', 'is not known as a column; did you mean tag.team?'],
    ['Parameter.a.b', 'is not known as a column; did you mean parameter.a.b?'],
    ['securityIp', 'is not known as a column; did you mean securityIps?'],
    ['passwordFromEnvironment', 'is not known as a column; did you mean passwordFromEnv?'],
    ['password', 'is never part of a request; write passwordFromEnv or passwordFromFile.'],
    ['passwordFrom', 'has two columns, of which one is filled: passwordFromEnv and'],
    ['tags', 'has a column for each key, such as tag.team.'],
    ['tag.', 'is not known as a column'],
    ['constructor', 'is not known as a column'],
  ])('have no column %s, and the message says what to write', (name, message) => {
    const [line, ...others] = linesOf(`${HEADER},${name}`, `${ROW},Correct-Horse-9`);
    expect(line).toContain(`x.csv:1:55: ${name}: ${message}`);
    expect([line, ...others].join()).not.toContain('Correct-Horse-9');
  });

  it('never repeat what stands where the name of a secret belongs', () => {
    for (const name of ['passwordFromEnv', 'passwordFromFile']) {
      const lines = linesOf(`${HEADER},${name}`, `${ROW},Correct-Horse-9`, `${ROW},Other-Horse-9`);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.join()).not.toMatch(/Horse/);
    }
  });
});
