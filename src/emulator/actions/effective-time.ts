import { optional, withoutEffect } from './action-parameters';
import { isOneOf } from './value-rules';

/** When a change is made. The emulator makes it at once either way: it has no maintenance window. */
export const EFFECTIVE_TIME = withoutEffect(
  optional('EffectiveTime', isOneOf('Immediately', 'MaintainTime', '0', '1')),
);
