import { toNotificationEvents } from '../../../src/domain/batch-request';
import { checkNotification } from '../../../src/domain/check-notify';
import { formatProblem, type Problem } from '../../../src/domain/problem';

const secretFrom = { env: 'TAIRFLEET_SECRET_HOOK' };
const signal = { workflowId: 'order-77', name: 'fleetReady' };

function problemsOf(value: unknown): string[] {
  const problems: Problem[] = [];
  checkNotification(value, { path: [], problems });
  return problems.map(formatProblem);
}

function problemsOfUrl(url: unknown): string[] {
  return problemsOf({ webhook: { url, secretFrom } });
}

describe('an entry of notify', () => {
  it('is a signal or a webhook, as it was written', () => {
    const webhook = { url: 'https://hooks.example.com/fleet?team=a', secretFrom };
    const entries = [{ signal }, { webhook }, { webhook, events: ['finished'] }];
    const place = { path: [], problems: [] };
    expect(entries.map((entry) => checkNotification(entry, place))).toEqual(entries);
    expect(place.problems).toEqual([]);
  });

  it('names one receiver', () => {
    const webhook = { url: 'https://hooks.example.com', secretFrom };
    expect(problemsOf({ signal, webhook })).toEqual([
      'webhook: cannot go with signal; write two entries, one for each receiver.',
    ]);
    expect(problemsOf({})).toEqual([expect.stringMatching(/^must have signal: /)]);
    expect(problemsOf({ webhok: webhook })).toEqual([
      expect.stringMatching(/^webhok: is not known here; did you mean webhook\?/),
      expect.stringMatching(/^must have signal: /),
    ]);
  });

  it('says which secret signs, and never the secret', () => {
    const url = 'https://hooks.example.com';
    expect(problemsOf({ webhook: { url } })).toEqual([
      expect.stringMatching(/^webhook\.secretFrom: is missing; write where the signing key is/),
    ]);
    const problems = problemsOf({ webhook: { url, secretFrom, secret: 'hunter2' } });
    expect(problems).toEqual([expect.stringMatching(/^webhook\.secret: is never part/)]);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('the URL of a webhook', () => {
  it.each([
    'https://hooks.example.com',
    'HTTPS://hooks.example.com:8443/a/b?c=d&e',
    'https://10.0.0.1/hook',
    'https://[2001:db8::1]:443/hook',
    'http://127.0.0.1:8080/hook',
    'http://localhost/hook',
    'http://[::1]:80/',
  ])('may be %s', (url) => {
    expect(problemsOfUrl(url)).toEqual([]);
  });

  it.each([
    'http://hooks.example.com/',
    'http://10.0.0.1/',
    'http://localhost.example.com/',
    'ftp://hooks.example.com/',
    'hooks.example.com',
    'https://',
    'https://hooks.example.com:70000/',
    'https://hooks.example.com/#there',
    'https://hooks.example.com/a b',
    'https://hooks.example.com\\@10.0.0.1/',
    `https://hooks.example.com/${'x'.repeat(255)}`,
  ])('is not %s', (url) => {
    const problems = problemsOfUrl(url);
    expect(problems).toEqual([expect.stringMatching(/^webhook\.url: must /)]);
    expect(problems.join()).not.toContain(url);
  });

  it('holds no user name or password, and what it holds is not repeated', () => {
    const problems = problemsOfUrl('https://ann:hunter2@hooks.example.com/');
    expect(problems).toEqual([expect.stringMatching(/^webhook\.url: must not hold a user name/)]);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('what a receiver is told', () => {
  it('is everything for a webhook and the end for a signal, unless its entry says it', () => {
    const webhook = { url: 'https://hooks.example.com', secretFrom };
    expect(toNotificationEvents({ webhook })).toEqual(['finished', 'needsAttention']);
    expect(toNotificationEvents({ signal })).toEqual(['finished']);
    expect(toNotificationEvents({ signal, events: ['needsAttention'] })).toEqual([
      'needsAttention',
    ]);
  });

  it.each([
    [[], /1 to 2 entries/],
    [['finish'], /must list some of finished, needsAttention/],
    [['finished', 'finished'], /names an event twice/],
    ['finished', /must be a list/],
  ])('is not %p', (events, why) => {
    expect(problemsOf({ signal, events })).toEqual([expect.stringMatching(why)]);
  });
});
