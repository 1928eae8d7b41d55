import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { optionals } from './action-parameters';
import { FILTER_PARAMETERS, findInstances } from './instance-filters';
import { createKvStoreInstance } from './instance-view';
import { readPage, slicePage } from './page';

/** DescribeInstances: filters, pages, and the lag with which new instances appear. */
export const describeInstancesAction: Action = {
  name: 'DescribeInstances',
  product: KVSTORE,
  source: 'sdk',
  parameters: [
    ...FILTER_PARAMETERS,
    ...optionals('Expired', 'GlobalInstance', 'Tag.N.Key', 'Tag.N.Value'),
    ...optionals('PageNumber', 'PageSize'),
  ],
  run,
};

/** DescribeInstances page. */
const PAGE_SIZES = { sizeDefault: 30, sizeMax: 50 };

function run(call: ActionCall): ActionResult {
  const { parameters, state } = call;
  const found = findInstances(call);
  if ('kind' in found) return found;
  const page = readPage(parameters, PAGE_SIZES);
  const shown = slicePage(found, page);
  for (const instance of shown) instance.reads += 1;
  const body = {
    PageNumber: page.number,
    PageSize: page.size,
    TotalCount: found.length,
    Instances: { KVStoreInstance: shown.map((instance) => createKvStoreInstance(instance, state)) },
  };
  return createPlainAnswer(
    body,
    shown.map(({ id }) => id),
  );
}
