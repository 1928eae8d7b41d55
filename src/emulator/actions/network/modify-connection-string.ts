import type { Endpoint } from '../../instance-features';
import { getParameter } from '../../protocol/parameters';
import type { Parameters } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import { optional, required, withoutEffect } from '../action-parameters';
import { domainOf } from '../instance-view';
import { createModification } from '../modification';
import { isConnectionPrefix, isPort } from '../single-creation-parameters';
import { isOneOf } from '../value-rules';
import { createUnknownConnection, publicDomainOf } from './public-connection';

/** ModifyDBInstanceConnectionString: another prefix or port for one of the two addresses. */
export const modifyDbInstanceConnectionStringAction = createModification({
  name: 'ModifyDBInstanceConnectionString',
  idParameter: 'DBInstanceId',
  parameters: [
    required('CurrentConnectionString'),
    optional('NewConnectionString', isConnectionPrefix, 'InvalidConnectionString.Format'),
    optional('Port', isPort),
    withoutEffect(optional('IPType', isOneOf('Private', 'Public'))),
  ],
  busyStatus: 'NetworkModifying',
  change: (instance, { parameters }) => {
    const { endpoint, publicEndpoint } = instance.settings.features;
    const current = parameters.get('CurrentConnectionString');
    if (!['NewConnectionString', 'Port'].some((name) => getParameter(parameters, name))) {
      return createRefusal(
        400,
        'MissingParameter',
        'NewConnectionString or Port is mandatory for this action.',
      );
    }
    if (current === domainOf(instance)) {
      return { features: { endpoint: changeEndpoint(endpoint, parameters) } };
    }
    if (publicEndpoint === undefined || current !== publicDomainOf(publicEndpoint)) {
      return createUnknownConnection();
    }
    return { features: { publicEndpoint: changeEndpoint(publicEndpoint, parameters) } };
  },
});

function changeEndpoint(before: Endpoint, parameters: Parameters): Endpoint {
  return {
    prefix: getParameter(parameters, 'NewConnectionString') ?? before.prefix,
    port: Number(getParameter(parameters, 'Port') ?? before.port),
  };
}
