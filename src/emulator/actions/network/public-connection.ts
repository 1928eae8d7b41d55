import type { Endpoint } from '../../instance-features';
import { createRefusal } from '../../refusal';
import { required } from '../action-parameters';
import { createModification } from '../modification';
import { isConnectionPrefix, isPort } from '../single-creation-parameters';

/** The host of a public address: its prefix goes before another domain than that of the VPC. */
export function publicDomainOf({ prefix }: Endpoint): string {
  return `${prefix}.redis.rds.aliyuncs.com`;
}

/** AllocateInstancePublicConnection: an address that is reached from everywhere. */
export const allocateInstancePublicConnectionAction = createModification({
  name: 'AllocateInstancePublicConnection',
  parameters: [
    required('ConnectionStringPrefix', isConnectionPrefix, 'InvalidConnectionStringPrefix.Format'),
    required('Port', isPort),
  ],
  busyStatus: 'NetworkModifying',
  change: ({ settings }, { parameters }) => {
    if (settings.features.publicEndpoint !== undefined) {
      return createRefusal(400, 'NetTypeExists', 'Specified net type already existed.');
    }
    const prefix = parameters.get('ConnectionStringPrefix') ?? '';
    return { features: { publicEndpoint: { prefix, port: Number(parameters.get('Port')) } } };
  },
});

/** ReleaseInstancePublicConnection: takes it away again. */
export const releaseInstancePublicConnectionAction = createModification({
  name: 'ReleaseInstancePublicConnection',
  parameters: [required('CurrentConnectionString')],
  busyStatus: 'NetworkModifying',
  change: ({ settings }, { parameters }) => {
    const { publicEndpoint } = settings.features;
    const current = parameters.get('CurrentConnectionString');
    if (publicEndpoint === undefined) {
      return createRefusal(400, 'NetTypeNotExists', 'Specified net type does not exist.');
    }
    return publicDomainOf(publicEndpoint) === current
      ? { features: { publicEndpoint: undefined } }
      : createUnknownConnection();
  },
});

/** The instance has no such address. */
export function createUnknownConnection(): ReturnType<typeof createRefusal> {
  return createRefusal(
    404,
    'InvalidConnectionString.NotFound',
    'The ConnectionString provided does not exist in our records.',
  );
}
