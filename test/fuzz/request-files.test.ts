import { Readable } from 'node:stream';
import fc from 'fast-check';
import { checkBatchRequest } from '../../src/domain/check-batch-request';
import { KNOWN_COLUMNS } from '../../src/input/csv-columns';
import { readCsvSource } from '../../src/input/csv-source';
import { readRequestText, readSources, type ReadRequest } from '../../src/input/read-request';
import { readRequestFiles } from '../../src/input/read-request-files';
import { Variables } from '../../src/input/variables';
import { anyJson, fuzz, PROTOTYPE_KEYS } from './fuzz';
import { anyYamlText } from './yaml-texts';

const VALID = `apiVersion: tairfleet/v1
batchId: nightly
groups:
  - name: sessions
    count: 3
    spec: { instanceClass: redis.master.small.default, engineVersion: "5.0" }
    placements:
      - { region: cn-hangzhou, zone: cn-hangzhou-h, vpcId: vpc-1, vSwitchId: vsw-1 }
policy: { readyDeadline: 30m }
notify:
  - signal: { workflowId: order-77, name: fleetReady }
`;

/** Stands where only a name of a secret may stand: whoever reads a message must not read it. */
const SECRET = 'Correct-Horse-9';

describe('a request file', () => {
  it('of any text is a request, or problems with line and column', () =>
    fuzz(
      fc.property(anyYamlText(VALID), (text) => {
        expectAnswer(readRequestText(text), text);
      }),
      150,
    ));

  it('of any bytes is a request, or problems', () =>
    fuzz(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(VALID.length),
        async (bytes, at) => {
          const whole = Buffer.concat([
            Buffer.from(VALID.slice(0, at)),
            Buffer.from(bytes),
            Buffer.from(VALID.slice(at)),
          ]);
          const read = await readRequestFiles(['-'], { stdin: Readable.from([whole]) });
          if (!read.ok) expect(read.problems.length).toBeGreaterThan(0);
        },
      ),
      100,
    ));

  it.each([
    ['BOM', `\ufeff${VALID}`],
    ['CRLF', VALID.replaceAll('\n', '\r\n')],
  ])('with %s is the same request as without', (_what, text) => {
    const [plain, other] = [readRequestText(VALID), readRequestText(text)];
    expect(plain.ok && other.ok && other.request).toEqual(plain.ok && plain.request);
  });
});

describe('a CSV file', () => {
  const header = 'group,count,instanceClass,region,zone,vpcId,vSwitchId\n';

  it('of any cells is a request, or problems within its lines', () =>
    fuzz(
      fc.property(anyCsvRows(), (rows) => {
        const text = header + rows;
        const variables = new Variables(new Map([['a', '1']]));
        const read = readSources([readCsvSource(text, { fileName: 'x.csv', variables })], {
          fallbackBatchId: 'b',
        });
        expectAnswer(read, text);
      }),
      200,
    ));

  it('with any columns and cells is a request, or problems, and no secret in a wrong place is repeated', () =>
    fuzz(
      fc.property(anyCsvColumns(), (columns) => {
        const rest = columns.map(([name, cell]) => [`,${name}`, `,${cell}`] as const);
        const text =
          `group,count,instanceClass,region,zone,vpcId,vSwitchId${rest.map(([name]) => name).join('')}\n` +
          `a,1,c,r,z,v,s${rest.map(([, cell]) => cell).join('')}\n`;
        const variables = new Variables(new Map());
        const read = readSources([readCsvSource(text, { fileName: 'x.csv', variables })], {
          fallbackBatchId: 'b',
        });
        expectAnswer(read, text);
        if (!read.ok) expect(JSON.stringify(read.problems)).not.toContain(SECRET);
      }),
      200,
    ));

  function anyCsvColumns() {
    const name = fc.oneof(
      fc.constantFrom(...KNOWN_COLUMNS, 'password', 'tag.', 'tag.a', 'Tag.a', 'tag.acs:x', 'x.y'),
      fc.constantFrom('parameter.timeout', 'parameter.#no', 'parameter.requirepass'),
      fc.constantFrom(...PROTOTYPE_KEYS).map((key) => `tag.${key}`),
      fc.constantFrom(...PROTOTYPE_KEYS),
    );
    const cell = fc.constantFrom(
      ...[SECRET, '', 'true', 'FALSE', '10.0.0.1 10.0.0.0/8', ' ; ', '0.0.0.0/0', 'tcp', '18:00Z'],
      ...['22:00Z', 'A_B', '/run/secrets/a', '"a,b"', 'ü'],
    );
    return fc.array(fc.tuple(name, cell), { minLength: 1, maxLength: 6 });
  }

  function anyCsvRows() {
    const cell = fc.constantFrom(
      ...['a', '1', '', ' b ', '"c, d"', '"e""f"', '"', '${a}', '${', 'ü'],
    );
    const row = fc.array(cell, { minLength: 5, maxLength: 8 }).map((cells) => cells.join(','));
    const end = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
    return fc.array(fc.tuple(row, end)).map((rows) => rows.flat().join(''));
  }
});

describe('a request that somebody typed by hand into the UI of Temporal', () => {
  const valid = (readRequestText(VALID) as Extract<ReadRequest, { ok: true }>).document;

  it('is checked whole or its problems are listed, whatever is changed in it', () =>
    fuzz(
      fc.property(fc.array(anyChange(), { minLength: 1, maxLength: 3 }), (changes) => {
        const input = changes.reduce<unknown>(change, valid);
        const checked = checkBatchRequest(input);
        if (!checked.ok) return expect(checked.problems.length).toBeGreaterThan(0);
        // A run checks it again after a reset, and must come to the same.
        expect(checkBatchRequest(structuredClone(input))).toEqual(checked);
        expect(Object.getPrototypeOf(checked.request)).toBe(Object.prototype);
      }),
      400,
    ));

  it('changes nothing of what all objects have in common', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const key of PROTOTYPE_KEYS) {
      checkBatchRequest(JSON.parse(`{"${key}":{"polluted":1},"policy":{"${key}":{"x":1}}}`));
      readRequestText(`${VALID}${key}: { polluted: 1 }\n`);
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});

function expectAnswer(read: ReadRequest, text: string): void {
  if (read.ok) {
    // CSV holds no batch id.
    return expect(checkBatchRequest(read.document, { fallbackBatchId: 'b' }).ok).toBe(true);
  }
  expect(read.problems.length).toBeGreaterThan(0);
  const lines = text.split(/\r\n|\n|\r/).length;
  for (const { line, column, message } of read.problems) {
    expect(message).toMatch(/[.?]$/);
    expect(line).toBeLessThanOrEqual(lines);
    expect(line === 0 ? 0 : column).toBeGreaterThanOrEqual(line === 0 ? 0 : 1);
  }
}

interface Change {
  /** Picks one of the places of the document, 0 to 1. */
  readonly place: number;
  readonly kind: 'replace' | 'remove' | 'add';
  readonly key: string;
  readonly value: unknown;
}

function anyChange(): fc.Arbitrary<Change> {
  return fc.record({
    place: fc.double({ min: 0, max: 0.999, noNaN: true }),
    kind: fc.constantFrom('replace' as const, 'remove' as const, 'add' as const),
    key: fc.oneof(
      fc.constantFrom(...PROTOTYPE_KEYS),
      fc.constantFrom('password', 'tags', 'signal', 'webhook', 'count', 'policy', 'passwordFrom'),
    ),
    value: fc.oneof(anyJson(), fc.constantFrom('30m', '1e9', 1e9, -0, '', 'x'.repeat(5_000), [])),
  });
}

/** Changes a copy in one of its places. */
function change(document: unknown, { place, kind, key, value }: Change): unknown {
  const copy: unknown = structuredClone(document);
  const places = listPlaces(copy);
  const chosen = places[Math.floor(place * places.length)];
  if (chosen === undefined) return value;
  const { owner, name } = chosen;
  if (kind === 'remove' && !Array.isArray(owner)) delete owner[name];
  else assign(owner, kind === 'add' ? key : name, value);
  return copy;
}

/** As JSON does it, where `__proto__` is a key like any other. */
function assign(owner: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(owner, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function listPlaces(value: unknown): { owner: Record<string, unknown>; name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((name) => [{ owner, name }, ...listPlaces(owner[name])]);
}
