import { isOnlyEmulator } from '../../../src/config/cloud-endpoints';
import { CONFIG_DEFAULTS } from '../../../src/config/defaults';

const LOCAL = 'http://127.0.0.1:8900';
const COMPOSED = 'http://emulator:8900';

function isEmulated(endpoint: string | undefined, account: object = {}): boolean {
  return isOnlyEmulator({
    ...CONFIG_DEFAULTS,
    cloud: { ...CONFIG_DEFAULTS.cloud, ...(endpoint === undefined ? {} : { endpoint }) },
    accounts: { default: { ...CONFIG_DEFAULTS.accounts['default']!, ...account } },
  });
}

it.each([LOCAL, COMPOSED, 'https://localhost/path'])(
  'Behind %s there is no real account.',
  (endpoint) => {
    expect(isEmulated(endpoint)).toBe(true);
    expect(isEmulated(undefined, { endpoint })).toBe(true);
  },
);

it.each([
  ['no endpoint, which means the real service', undefined],
  ['the real service', 'https://r-kvstore.aliyuncs.com'],
  ['a proxy of the own network', 'http://proxy:8900'],
  ['a host that only begins like the emulator', 'http://emulator.example.com'],
  ['a name that only stands before an @', 'http://emulator@proxy:8900'],
  ['no URL', 'emulator'],
])('Behind %s there may be a real account.', (_name, endpoint) => {
  expect(isEmulated(endpoint)).toBe(false);
});

it('One region elsewhere is enough for a real account.', () => {
  const endpoints = { 'cn-beijing': 'https://r-kvstore.aliyuncs.com' };
  expect(isEmulated(LOCAL, { endpoints })).toBe(false);
  expect(isEmulated(undefined, { endpoints: { 'cn-beijing': LOCAL } })).toBe(false);
});
