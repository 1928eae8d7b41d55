import type { EmulatorConfig } from './config';
import { createRefusal } from './refusal';
import type { Refusal } from './refusal';

/** What can be wrong with an account as such, in the order in which it is looked at. */
export const STANDING_CODES = [
  ...(['RealNameAuthenticationError', 'ResourceNotAvailable', 'PaymentMethodNotFound'] as const),
] as const;

/** One of them. */
export type StandingCode = (typeof STANDING_CODES)[number];

/** Texts of the CreateInstances page (2025-03-27). */
const REFUSALS: Readonly<Record<StandingCode, Refusal>> = {
  RealNameAuthenticationError: createRefusal(
    403,
    'RealNameAuthenticationError',
    'Your account has not passed the real-name authentication yet.',
  ),
  ResourceNotAvailable: createRefusal(
    400,
    'ResourceNotAvailable',
    'Resource you requested is not available for finance user.',
  ),
  PaymentMethodNotFound: createRefusal(
    400,
    'PaymentMethodNotFound',
    'No payment method has been registered on the account.',
  ),
};

/**
 * The first of the named things that is wrong with the account. What is set for it alone goes
 * before what is set for all.
 */
export function checkStanding(
  codes: readonly StandingCode[],
  accountId: string,
  config: EmulatorConfig,
): Refusal | undefined {
  const broken = codes.find((code) => isBroken(code, accountId, config));
  return broken === undefined ? undefined : REFUSALS[broken];
}

function isBroken(code: StandingCode, accountId: string, config: EmulatorConfig): boolean {
  switch (code) {
    case 'RealNameAuthenticationError':
      return !(config.realNameVerifiedByAccount[accountId] ?? config.realNameVerified);
    case 'ResourceNotAvailable':
      return config.financeUserByAccount[accountId] ?? config.financeUser;
    case 'PaymentMethodNotFound':
      return !(
        config.paymentMethodRegisteredByAccount[accountId] ?? config.paymentMethodRegistered
      );
  }
}
