import { classify, isOurCode } from '../../../src/domain/classify';
import type { ErrorClass } from '../../../src/domain/refusal';

describe('classify', () => {
  /** The nineteen codes of the CreateInstances page, 2025-03-27, with their HTTP status. */
  const PAGE_CODES: readonly [string, number, ErrorClass][] = [
    ['Zone.Closed', 400, 'capacity'],
    ['MissingParameter', 400, 'invalid'],
    ['InvalidToken.Malformed', 400, 'invalid'],
    ['InvalidInstanceName.Malformed', 400, 'invalid'],
    ['InvalidPassword.Malformed', 400, 'invalid'],
    ['InvalidInstances.Malformed', 400, 'invalid'],
    ['InsufficientBalance', 400, 'account'],
    ['QuotaExceed.AfterpayInstance', 400, 'quota'],
    ['InvalidCapacity.NotFound', 400, 'invalid'],
    ['ResourceNotAvailable', 400, 'account'],
    ['PaymentMethodNotFound', 400, 'account'],
    ['IdempotentParameterMismatch', 400, 'conflict'],
    ['QuotaNotEnough', 400, 'capacity'],
    ['QuotaExceed', 400, 'quota'],
    ['VpcServiceError', 400, 'transient'],
    ['IzNotSupportVpcError', 400, 'capacity'],
    ['InvalidVpcIdRegion.NotSupported', 400, 'invalid'],
    ['ResourceGroupNotExist', 400, 'invalid'],
    ['RealNameAuthenticationError', 403, 'account'],
  ];

  it.each(PAGE_CODES)('takes %s (%d) as %s', (code, httpStatus, expected) => {
    expect(classify({ code, httpStatus })).toMatchObject({
      class: expected,
      isUnexecuted: false,
      isListed: true,
    });
  });

  it.each([
    ['Throttling', 400],
    ['Throttling.User', 403],
    ['Throttling.Api', 429],
    ['Throttling.SomethingNew', 503],
    ['Rejected.Throttling', 400],
  ])('takes %s (%d) as refused before execution, whatever the status', (code, httpStatus) => {
    expect(classify({ code, httpStatus })).toMatchObject({
      class: 'throttled',
      isUnexecuted: true,
    });
  });

  it.each([
    ['MissingVpcId', 'invalid'],
    ['InvalidVSwitchName.Malformed', 'invalid'],
    ['InvalidPeriod.Format', 'invalid'],
    ['InvalidTimeStamp.Expired', 'transient'],
    ['IllegalTimestamp', 'transient'],
    ['MissingSecurityToken', 'denied'],
    ['InvalidSecurityToken.Expired', 'transient'],
    ['InvalidSecurityToken.Malformed', 'denied'],
    ['SignatureNonceUsed', 'ambiguous'],
    ['RequestTokenConflict', 'ambiguous'],
    ['TokenServiceError', 'ambiguous'],
    ['DirectXNotSupport', 'invalid'],
    ['DirectConnectionAlreadyExists', 'unknown'],
  ])('takes %s as %s, an exact code before a pattern', (code, expected) => {
    expect(classify({ code, httpStatus: 400 }).class).toBe(expected);
  });

  it('reads InvalidvSwitchId by its status, since the service gives it two meanings', () => {
    expect(classify({ code: 'InvalidvSwitchId', httpStatus: 404 }).class).toBe('capacity');
    expect(classify({ code: 'InvalidvSwitchId', httpStatus: 400 }).class).toBe('invalid');
  });

  it.each([500, 502, 503, 504])('takes a refusal with HTTP %d as ambiguous', (httpStatus) => {
    for (const code of ['QuotaNotEnough', 'VpcServiceError', 'InsufficientBalance']) {
      expect(classify({ code, httpStatus })).toMatchObject({
        class: 'ambiguous',
        isUnexecuted: false,
        isListed: true,
        why: expect.stringContaining(String(httpStatus)),
      });
    }
  });

  it('reads our own codes by themselves, whatever status an answer had', () => {
    const known = classify({ code: 'bad-answer', httpStatus: null });
    expect(classify({ code: 'bad-answer', httpStatus: 502 })).toEqual(known);
    expect(classify({ code: 'tls', httpStatus: 500 }).class).toBe('denied');
  });

  it('takes the longest of the patterns that fit, and a dot as a dot', () => {
    const { class: errorClass, why } = classify({ code: 'MissingZone.Malformed', httpStatus: 400 });
    expect([errorClass, why]).toEqual(['invalid', expect.stringContaining('not valid')]);
    expect(classify({ code: 'ThrottlingOff', httpStatus: 400 }).isListed).toBe(false);
    expect(classify({ code: 'ThrottlingXOff', httpStatus: 400 }).isListed).toBe(false);
  });

  it.each([400, 499])('parks an unlisted code with HTTP %d, but nothing beyond', (httpStatus) => {
    expect(classify({ code: 'Brand.New', httpStatus }).class).toBe('unknown');
  });

  it('parks an unlisted 4xx code and says which it was', () => {
    expect(classify({ code: 'Brand.New', httpStatus: 400 })).toMatchObject({
      class: 'unknown',
      isUnexecuted: false,
      isListed: false,
      why: expect.stringContaining('Brand.New'),
    });
  });

  it.each([null, 200, 302, 399, 500, 599])(
    'takes an unlisted code with status %p as ambiguous',
    (httpStatus) => {
      expect(classify({ code: 'Brand.New', httpStatus })).toMatchObject({
        class: 'ambiguous',
        isUnexecuted: false,
        isListed: false,
        why: expect.stringContaining('Brand.New'),
      });
    },
  );

  it.each(['constructor', '__proto__', 'toString', ''])(
    'does not find %p in the table by accident',
    (code) => {
      expect(classify({ code, httpStatus: 400 })).toMatchObject({
        class: 'unknown',
        isListed: false,
      });
    },
  );

  it.each([
    ['timeout', 'ambiguous', false],
    ['connection-reset', 'ambiguous', false],
    ['bad-answer', 'ambiguous', false],
    ['short-answer', 'ambiguous', false],
    ['create-lost', 'ambiguous', false],
    ['connection-refused', 'transient', true],
    ['unknown-host', 'transient', true],
    ['clock-off', 'transient', true],
    ['not-sent', 'throttled', true],
    ['tls', 'denied', false],
    ['no-credentials', 'denied', false],
    ['foreign-instance', 'foreign', false],
    ['control-failed', 'unknown', false],
    ['awaiting-payment', 'awaitingPayment', false],
    ['plan-conflict', 'conflict', false],
    ['unresolved', 'unknown', false],
  ])('knows our own code %s', (code, expected, isUnexecuted) => {
    expect(classify({ code, httpStatus: null })).toMatchObject({
      class: expected,
      isUnexecuted,
      isListed: true,
    });
  });
});

describe('a code in an answer', () => {
  it('is ours only when the table has it as ours', () => {
    expect(['timeout', 'foreign-instance', 'plan-conflict'].every(isOurCode)).toBe(true);
    const theirs = ['QuotaExceed', 'Throttling.User', 'Brand.New', ''];
    expect(theirs.map(isOurCode)).toEqual([false, false, false, false]);
  });
});
