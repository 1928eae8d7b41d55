import { createFailure } from '../../../src/service/service-result';
import type { ServiceFailureCode } from '../../../src/service/service-result';
import { toFailureEvent } from '../../../src/service/watch-batch';

const kindOf = (code: ServiceFailureCode): string =>
  toFailureEvent(createFailure(code, 'why')).kind;

describe('a look that fails', () => {
  it.each([
    'invalid-request',
    'invalid-input',
    'not-found',
    'unauthenticated',
    'forbidden',
  ] as const)('ends the watch when no waiting mends it: %s', (code) =>
    expect(kindOf(code)).toBe('failed'),
  );

  it.each(['no-server', 'no-worker', 'worker-busy', 'rate-limited', 'unexpected'] as const)(
    'is something that may pass: %s',
    (code) => expect(kindOf(code)).toBe('waiting'),
  );
});
