import { isIP } from 'node:net';
import { DEFAULT_WHITELIST } from '../instance-settings';
import type { InstanceSettings, Whitelist } from '../instance-settings';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { optional, optionals, required } from './action-parameters';
import { createModification } from './modification';
import { isOneOf } from './value-rules';

/** ModifySecurityIps page: at most 1,000 addresses and blocks. */
const IPS_MAX = 1_000;

const GROUP_NAME_PATTERN = /^[a-z][a-z0-9_]{0,30}[a-z0-9]$/;

const MODES = ['Cover', 'Append', 'Delete'] as const;

type Mode = (typeof MODES)[number];

interface ListChange {
  readonly group: string;
  readonly mode: Mode;
  readonly ips: readonly string[];
  /** undefined: the group keeps the one it has. */
  readonly attribute: string | undefined;
}

/** ModifySecurityIps: replaces, adds to or takes from one whitelist of an instance. */
export const modifySecurityIpsAction = createModification({
  name: 'ModifySecurityIps',
  parameters: [
    required('SecurityIps'),
    optional('ModifyMode', isOneOf(...MODES)),
    optional(
      'SecurityIpGroupName',
      (text) => GROUP_NAME_PATTERN.test(text),
      'InvalidGroupName.Format',
    ),
    ...optionals('SecurityIpGroupAttribute'),
  ],
  busyCode: 'LockTimeout',
  change: ({ settings }, { parameters }) => {
    const change = readListChange(parameters);
    if ('kind' in change) return change;
    const whitelists = changeWhitelists(settings.whitelists, change);
    return 'kind' in whitelists ? whitelists : { settings: { whitelists } };
  },
});

function readListChange(parameters: Parameters): ListChange | Refusal {
  const asked = getParameter(parameters, 'ModifyMode');
  const ips = (parameters.get('SecurityIps') ?? '').split(',').map((ip) => ip.trim());
  return (
    checkIps(ips) ?? {
      ips,
      group: getParameter(parameters, 'SecurityIpGroupName') ?? DEFAULT_WHITELIST,
      mode: MODES.find((mode) => mode === asked) ?? 'Cover',
      attribute: getParameter(parameters, 'SecurityIpGroupAttribute'),
    }
  );
}

function checkIps(ips: readonly string[]): Refusal | undefined {
  if (!ips.every(isAddressOrBlock)) {
    return createInvalid('InvalidSecurityIPList.Format', 'SecurityIps');
  }
  if (new Set(ips).size < ips.length) {
    return createRefusal(
      400,
      'InvalidSecurityIPList.Duplicate',
      'The Security IP list contains a duplicate address.',
    );
  }
  return ips.length <= IPS_MAX ? undefined : createTooManyIps();
}

/** A plain address, or one with a prefix length: `10.0.0.0/8`. */
function isAddressOrBlock(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (bits === -1 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

function changeWhitelists(
  whitelists: InstanceSettings['whitelists'],
  change: ListChange,
): ReadonlyMap<string, Whitelist> | Refusal {
  const before = whitelists.get(change.group);
  const ips = combineIps(before?.ips ?? [], change);
  if ('kind' in ips) return ips;
  if (ips.length > IPS_MAX) return createTooManyIps();
  const changed = new Map(whitelists);
  // A named group lives as long as it has an address; the default one always does.
  if (ips.length === 0 && change.group !== DEFAULT_WHITELIST) changed.delete(change.group);
  else changed.set(change.group, { ips, attribute: change.attribute ?? before?.attribute ?? '' });
  return changed;
}

function combineIps(
  before: readonly string[],
  { mode, ips }: ListChange,
): readonly string[] | Refusal {
  if (mode === 'Cover') return ips;
  if (mode === 'Append') {
    if (!ips.some((ip) => before.includes(ip))) return [...before, ...ips];
    return createRefusal(409, 'SecurityIPList.Duplicate', 'The Security IP address is duplicate.');
  }
  if (ips.every((ip) => before.includes(ip))) return before.filter((ip) => !ips.includes(ip));
  return createRefusal(
    404,
    'InvalidSecurityIPList.NotFound',
    'The Security IP address provided does not exist in our records.',
  );
}

function createTooManyIps(): Refusal {
  return createRefusal(
    400,
    'InvalidSecurityIPList.QuotaExceeded',
    'The Security IP list has more addresses than allowed.',
  );
}
