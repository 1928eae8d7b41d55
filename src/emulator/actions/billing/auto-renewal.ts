import type { Instance } from '../../instance';
import { getParameter } from '../../protocol/parameters';
import { KVSTORE } from '../action';
import { createPlainAnswer } from '../../action-result';
import type { Action, ActionCall } from '../action';
import type { ActionResult } from '../../action-result';
import { ignored, optional, optionals } from '../action-parameters';
import { isTrue } from '../flag';
import { createModification } from '../modification';
import { readPage, slicePage } from '../page';
import { isBooleanText, isIntegerIn } from '../value-rules';

const PAGE_SIZES = { sizeDefault: 30, sizeMax: 100 };

/**
 * DescribeInstanceAutoRenewalAttribute: of one PrePaid instance, or of all. Its own name for the id
 * is `DBInstanceId`; one that is unknown or PostPaid gives an empty list.
 */
export const describeInstanceAutoRenewalAttributeAction: Action = {
  name: 'DescribeInstanceAutoRenewalAttribute',
  product: KVSTORE,
  source: 'sdk',
  // The SDK calls RegionId required; the Terraform provider does not send it.
  parameters: [
    ...optionals('RegionId', 'DBInstanceId', 'PageNumber', 'PageSize'),
    ...ignored('ClientToken'),
  ],
  run,
};

/** ModifyInstanceAutoRenewalAttribute: by how many months the paid time is prolonged by itself. */
export const modifyInstanceAutoRenewalAttributeAction = createModification({
  name: 'ModifyInstanceAutoRenewalAttribute',
  idParameter: 'DBInstanceId',
  parameters: [
    optional('AutoRenew', isBooleanText),
    optional('Duration', isIntegerIn(1, 12)),
    ...ignored('Product'),
  ],
  busyStatus: 'none',
  change: (_instance, { parameters }) => ({
    features: {
      autoRenewalMonths: isTrue(parameters, 'AutoRenew')
        ? Number(getParameter(parameters, 'Duration') ?? 1)
        : 0,
    },
  }),
});

function run({ account, parameters, state }: ActionCall): ActionResult {
  const id = getParameter(parameters, 'DBInstanceId');
  const regionId = getParameter(parameters, 'RegionId');
  const candidates = id === undefined ? [...state.store.listLiving()] : [state.store.find(id)];
  const found = candidates.filter(
    (one): one is Instance =>
      one?.spec.accountId === account.accountId &&
      one.spec.chargeType === 'PrePaid' &&
      (regionId === undefined || one.spec.regionId === regionId),
  );
  const page = readPage(parameters, PAGE_SIZES);
  const shown = slicePage(found, page);
  return createPlainAnswer({
    ...{ PageNumber: page.number, PageRecordCount: shown.length, TotalRecordCount: found.length },
    Items: { Item: shown.map(toItem) },
  });
}

function toItem({ id, spec, settings }: Instance): object {
  const { autoRenewalMonths } = settings.features;
  return {
    DBInstanceId: id,
    RegionId: spec.regionId,
    Duration: autoRenewalMonths,
    AutoRenew: String(autoRenewalMonths > 0),
  };
}
