import type { CodeGroup } from './error-codes/code-group';
import { CREATE_CODES } from './error-codes/create-codes';
import { FOLLOW_UP_CODES } from './error-codes/follow-up-codes';
import { GATEWAY_CODES } from './error-codes/gateway-codes';
import { OUR_CODES } from './error-codes/our-codes';

/**
 * Every code a call can come back with, ours included, and what it means, in the order of
 * docs/errors.md. The service's codes and their reasons are those of the CreateInstances page
 * (2025-03-27), of the API's own metadata (r-kvstore 2015-01-01, as of 2024-07-30) and of what live
 * clients saw; the choice of class is ours. Matched by code and never by HTTP status, since 400
 * stands for throttling, money, stock and typing errors alike.
 */
export const ERROR_TABLE: readonly CodeGroup[] = [
  ...CREATE_CODES,
  ...GATEWAY_CODES,
  ...FOLLOW_UP_CODES,
  ...OUR_CODES,
];
