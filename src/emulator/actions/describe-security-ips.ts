import { createInstanceRead } from './instance-read';

/** DescribeSecurityIps: the whitelists of one instance, in the order in which they came to be. */
export const describeSecurityIpsAction = createInstanceRead({
  name: 'DescribeSecurityIps',
  view: ({ settings }) => ({
    SecurityIpGroups: {
      SecurityIpGroup: [...settings.whitelists].map(([name, { ips, attribute }]) => ({
        SecurityIpGroupName: name,
        SecurityIpList: ips.join(','),
        SecurityIpGroupAttribute: attribute,
      })),
    },
  }),
});
