import { LOG_EVENTS, LOG_FIELDS, type LogEventDefinition } from '../../../src/contract/log-events';
import { logEvent, toErrorText, toEventLog, type EventLog } from '../../../src/contract/log-writer';

function createKeptLog() {
  const lines: unknown[] = [];
  const keep = (level: string) => (text: string, fields: object) =>
    void lines.push([level, text, fields]);
  const log: EventLog = {
    ...{ debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') },
  };
  return { lines, log };
}

describe('writing a line', () => {
  it('says which one it is, at its level, with its fields', () => {
    const { lines, log } = createKeptLog();
    logEvent(log, 'orphans-found', { count: 3, foundBy: 'sweep' });
    const { text } = LOG_EVENTS['orphans-found'];
    const fields = { event: 'orphans-found', count: 3, foundBy: 'sweep' };
    expect(lines).toEqual([['warn', text, fields]]);
  });

  it('leaves out what has no value', () => {
    const { lines, log } = createKeptLog();
    logEvent(log, 'config-loaded', { file: null, variables: [] });
    const { text } = LOG_EVENTS['config-loaded'];
    expect(lines).toEqual([['info', text, { event: 'config-loaded', variables: [] }]]);
  });

  it('gives a logger like pino the fields first', () => {
    const written: unknown[] = [];
    const write = (...line: unknown[]) => void written.push(line);
    const log = toEventLog({ debug: write, info: write, warn: write, error: write });
    logEvent(log, 'api-stopping', {});
    expect(written).toEqual([[{ event: 'api-stopping' }, LOG_EVENTS['api-stopping'].text]]);
  });

  it('never costs what it tells of: a logger that throws is no failure of the caller', () => {
    const broken = (): never => {
      throw new Error('the disk is full');
    };
    const log = { debug: broken, info: broken, warn: broken, error: broken };
    expect(() => logEvent(log, 'worker-stopped', {})).not.toThrow();
  });

  it('tells of an error by name, message and stack, and of anything else as text', () => {
    expect(toErrorText(new TypeError('no such thing'))).toMatch(/^TypeError: no such thing\n +at /);
    expect(toErrorText('a text')).toBe('a text');
  });
});

describe('the list of lines', () => {
  const events = Object.entries<LogEventDefinition>(LOG_EVENTS);

  it('has a text of its own for each, and each field once', () => {
    expect(new Set(events.map(([, { text }]) => text)).size).toBe(events.length);
    for (const [event, { fields }] of events) {
      expect({ event, fields }).toEqual({ event, fields: [...new Set(fields)] });
    }
  });

  it('uses every field that it explains', () => {
    const used = new Set(['event', ...events.flatMap(([, { fields }]) => fields)]);
    expect(Object.keys(LOG_FIELDS).filter((field) => !used.has(field))).toEqual([]);
  });

  it('has no room for a secret: no field is for a body, a header, a key or a password', () => {
    const fields = Object.keys(LOG_FIELDS).join('\n');
    expect(fields).not.toMatch(
      /secret|passw|credential|body|header|param|request$|value|address/im,
    );
  });
});
