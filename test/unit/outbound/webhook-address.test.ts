import { isAddressAllowed } from '../../../src/outbound/webhook-address';

const NOTHING = { privateNetworks: [] };

describe('without allowed networks', () => {
  it.each(['8.8.8.8', '47.88.1.1', '[2400:3200::1]', 'hooks.example.com'])(
    '%s is open: public, or a name that is yet to be looked up',
    (host) => {
      expect(isAddressAllowed(host, NOTHING)).toBe(true);
    },
  );

  it.each([
    ['this host', '127.0.0.1'],
    ['this host', '[::1]'],
    ['this host', '0.0.0.0'],
    ['this host', '[::]'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.16.0.1'],
    ['a private network', '192.168.0.1'],
    ['a private network', '[fd00::1]'],
    ['a private network', '[fec0::1]'],
    ['the metadata service of Alibaba Cloud', '100.100.100.200'],
    ['the metadata service of other clouds', '169.254.169.254'],
    ['a link', '[fe80::1]'],
    ['many hosts', '224.0.0.1'],
    ['many hosts', '255.255.255.255'],
    ['many hosts', '[ff02::1]'],
    ['nobody', '240.0.0.1'],
    ['nobody', '[4000::1]'],
    ['IPv4 within IPv6', '[::ffff:10.0.0.1]'],
    ['IPv4 within IPv6', '[::ffff:a00:1]'],
    ['IPv4 within IPv6', '[::10.0.0.1]'],
    ['IPv4 within IPv6', '[64:ff9b::a00:1]'],
    ['IPv4 within IPv6', '[2002:a00:1::]'],
  ])('%s is closed: %s', (_what, host) => {
    expect(isAddressAllowed(host, NOTHING)).toBe(false);
  });
});

test('An allowed network opens what lies in it, and nothing else.', () => {
  const rules = { privateNetworks: ['10.20.0.0/16', 'fd00::/8'] };
  const hosts = ['10.20.3.4', '[::ffff:10.20.3.4]', '[fd12::1]', '10.21.0.1', '[fe80::1]'];
  expect(hosts.filter((host) => isAddressAllowed(host, rules))).toEqual(hosts.slice(0, 3));
});
