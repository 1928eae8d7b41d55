import { getParameter } from '../../protocol/parameters';
import { createPlainAnswer } from '../../action-result';
import type { Action } from '../action';
import { optionals, required } from '../action-parameters';
import { LOCATION } from './products';

/**
 * DescribeEndpoints (Location 2015-06-12): this server, whatever is asked for. A real host here
 * would lead clients to the cloud.
 */
export const describeEndpointsAction: Action = {
  name: 'DescribeEndpoints',
  product: LOCATION,
  source: 'client',
  parameters: [required('Id'), required('ServiceCode'), ...optionals('Type')],
  run: ({ hostId, parameters }) => {
    const ServiceCode = getParameter(parameters, 'ServiceCode') ?? '';
    const Endpoint = {
      Endpoint: hostId,
      Id: getParameter(parameters, 'Id') ?? '',
      Namespace: '',
      ServiceCode,
      // Sent misspelt as well: clients read either.
      SerivceCode: ServiceCode,
      Type: getParameter(parameters, 'Type') ?? 'openAPI',
      Protocols: { Protocols: ['HTTP', 'HTTPS'] },
    };
    return createPlainAnswer({ Success: true, Endpoints: { Endpoint: [Endpoint] } });
  },
};
