import type { Instance } from '../../instance';
import type { InstanceAccount } from '../../instance-features';
import { getParameter } from '../../protocol/parameters';
import { createInstanceRead } from '../instance-read';
import { readPage, slicePage } from '../page';

const PAGE_SIZES = { sizeDefault: 30, sizeMax: 100 };

/** DescribeAccounts: the account named like the instance, then those that were made. */
export const describeAccountsAction = createInstanceRead({
  name: 'DescribeAccounts',
  optional: ['AccountName', 'SearchAccountName', 'PageNumber', 'PageSize'],
  view: (instance, { parameters }) => {
    const name = getParameter(parameters, 'AccountName');
    const text = getParameter(parameters, 'SearchAccountName') ?? '';
    const found = listAccounts(instance).filter(
      ([known]) => (name === undefined || known === name) && known.includes(text),
    );
    const page = readPage(parameters, PAGE_SIZES);
    return {
      ...{ PageNumber: page.number, PageSize: page.size, TotalCount: found.length },
      Accounts: { Account: slicePage(found, page).map((one) => toView(instance, one)) },
    };
  },
});

type NamedAccount = readonly [string, InstanceAccount];

function listAccounts({ id, settings }: Instance): readonly NamedAccount[] {
  return [[id, { privilege: 'RoleReadWrite', description: '' }], ...settings.features.accounts];
}

function toView({ id }: Instance, [name, { privilege, description }]: NamedAccount): object {
  return {
    InstanceId: id,
    AccountName: name,
    AccountStatus: 'Available',
    AccountType: 'Normal',
    AccountDescription: description,
    DatabasePrivileges: { DatabasePrivilege: [{ AccountPrivilege: privilege }] },
    Parameters: '',
  };
}
