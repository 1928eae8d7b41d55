import { formatProblem, type Problem } from '../../../src/domain/problem';
import { checkSecretReference, formatSecretReference } from '../../../src/domain/secret-reference';

function problemsOf(value: unknown): string[] {
  const problems: Problem[] = [];
  checkSecretReference(value, { path: ['secretFrom'], problems });
  return problems.map(formatProblem);
}

describe('a reference to a secret', () => {
  it.each([{ env: 'TAIRFLEET_SECRET_HOOK' }, { file: '/run/secrets/hook' }])(
    'is taken as it is: %p',
    (reference) => {
      const problems: Problem[] = [];
      expect(checkSecretReference(reference, { path: [], problems })).toEqual(reference);
      expect(problems).toEqual([]);
    },
  );

  it.each(['hunter2', 12345, { env: 'hunter2' }, { env: 12345 }, { file: 'hunter2' }])(
    'is refused without a word of the secret that somebody wrote instead: %p',
    (value) => {
      const problems = problemsOf(value);
      expect(problems).toHaveLength(1);
      expect(problems[0]).not.toMatch(/hunter2|12345/);
      expect(problems[0]).toMatch(/^secretFrom(\.env|\.file)?: must/);
    },
  );

  it('names one place', () => {
    expect(problemsOf({ env: 'TAIRFLEET_SECRET_A', file: '/run/secrets/a' })).toEqual([
      'secretFrom.file: cannot go with env; keep one of the two.',
    ]);
    expect(problemsOf({})).toEqual([expect.stringMatching(/^secretFrom: must be \{ env: /)]);
  });

  it('suggests the key that was meant', () => {
    expect(problemsOf({ files: '/run/secrets/a' })).toEqual([
      'secretFrom.files: is not known here; did you mean file? Allowed: env, file.',
      expect.stringMatching(/^secretFrom: must be/),
    ]);
  });

  it.each([
    'run/secrets/a',
    '/run/secrets/../../etc/shadow',
    '/run/./a',
    '/a//b',
    '/a/',
    '/',
    '/a\n',
  ])('is an absolute path that says all by itself: not %p', (file) => {
    expect(problemsOf({ file })).toEqual([
      expect.stringMatching(/^secretFrom\.file: must be an absolute path/),
    ]);
  });

  it('is named in messages by what it is', () => {
    expect(formatSecretReference({ env: 'A' })).toBe('variable A');
    expect(formatSecretReference({ file: '/a' })).toBe('file /a');
  });
});
