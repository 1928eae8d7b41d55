import type { Command } from 'commander';
import { createFailureReport, createReport } from '../../command-report';
import type { CommandReport } from '../../command-report';
import type { CommandContext, CommandShell } from '../../command-shell';
import type { ControlClient, EmulatorSettings } from '../../emulator/control-client';
import { addEmulatorFlags, withEmulator } from '../../emulator/with-emulator';
import type { EmulatorOptions } from '../../emulator/with-emulator';
import { addRowFlags, isRowWanted } from '../../rows/row-flags';
import type { RowOptions } from '../../rows/row-flags';
import { toRowLines } from '../../rows/row-lines';
import { EMULATOR_ACCOUNT_ROWS } from '../../views/human/emulator-account-rows';

type AccountsOptions = Omit<EmulatorOptions, 'output'> & RowOptions;

/** Adds `emulator accounts`: what each has, and what it may have. */
export function addEmulatorAccounts(group: Command, { context, finish }: CommandShell): void {
  const command = group
    .command('accounts')
    .description('the accounts: living instances, quota and money that is left');
  addRowFlags(command, EMULATOR_ACCOUNT_ROWS);
  addEmulatorFlags(command).action(async (options: AccountsOptions) => {
    const work = (client: ControlClient) => listAccounts(context, client, options);
    finish(await withEmulator(context, options.url, work), options);
  });
}

async function listAccounts(
  { io }: CommandContext,
  client: ControlClient,
  options: AccountsOptions,
): Promise<CommandReport> {
  const listed = await client.accounts();
  if (!listed.ok) return createFailureReport(listed);
  const config = await client.config();
  if (!config.ok) return createFailureReport(config);
  const accounts = listed.value
    .map((account) => ({
      ...account,
      quota: findOwn(config.value, 'quota', account.accountId),
      balance: findOwn(config.value, 'balance', account.accountId),
    }))
    .filter((row) => isRowWanted(row, EMULATOR_ACCOUNT_ROWS.columns, options.filter));
  return createReport(
    { accounts },
    toRowLines(accounts, EMULATOR_ACCOUNT_ROWS, { options, colors: io.outColors }),
  );
}

/** What an account has of its own, else what all have; null: no end. */
function findOwn(
  config: EmulatorSettings,
  name: 'quota' | 'balance',
  accountId: string,
): number | null {
  const own = config[`${name}ByAccount`] as Readonly<Record<string, number | null>>;
  const found = Object.hasOwn(own, accountId) ? own[accountId] : config[name];
  return typeof found === 'number' ? found : null;
}
