import { createPlainAnswer } from '../../action-result';
import type { Action } from '../action';
import { ignored, optionals } from '../action-parameters';
import { readPage } from '../page';
import { BSS } from './products';

/**
 * QueryAvailableInstances (BssOpenApi 2017-12-14): nothing. The Terraform provider asks it once, to
 * learn from a success that the account belongs to the domestic site.
 */
export const queryAvailableInstancesAction: Action = {
  name: 'QueryAvailableInstances',
  product: BSS,
  source: 'client',
  parameters: [
    ...optionals('PageNum', 'PageSize'),
    ...ignored('ProductCode', 'ProductType', 'SubscriptionType', 'Region', 'InstanceIDs'),
    ...ignored('RenewStatus', 'EndTimeStart', 'EndTimeEnd', 'CreateTimeStart', 'CreateTimeEnd'),
  ],
  run: ({ parameters }) => {
    const page = readPage(parameters, { sizeDefault: 20, sizeMax: 300 });
    const list = { PageNum: page.number, PageSize: page.size, TotalCount: 0, InstanceList: [] };
    return createPlainAnswer({ Success: true, Code: 'Success', Message: 'Success', Data: list });
  },
};
