/** What accounts may have, and what zones and vSwitches have left. */
import { changeConfig, restoreConfig } from './control-api.mjs';
import { showCounters } from './counters.mjs';
import { addOptions } from './table.mjs';

/** The name of a counter that stands for every class without one of its own. */
const ANY_CLASS = '*';

/** The settings that an account may have a number of its own in, as the page names them. */
const OWN_NUMBERS = [
  { setting: 'quotaByAccount', name: 'Quota' },
  { setting: 'balanceByAccount', name: 'Balance', step: 'any' },
];

/** Shows what accounts may have and what they have. */
export function showAccounts(accounts, config, run) {
  const rows = [toSharedRow(config), ...accounts.map((account) => toAccountRow(account, config))];
  showCounters(document.getElementById('accounts'), rows, { run, numberColumn: 1 });
}

function toSharedRow({ quota, balance }) {
  const setQuota = (value) => changeConfig({ quota: value });
  const setBalance = (value) => changeConfig({ balance: value });
  return {
    cells: ['all without one of their own', ''],
    fields: [
      { label: 'Quota of all', value: quota, change: setQuota },
      { label: 'Balance of all', value: balance, change: setBalance, step: 'any' },
    ],
    back: { label: 'all', change: () => restoreConfig(['quota', 'balance']), isOff: false },
  };
}

function toAccountRow({ accountId, livingPostPaid }, config) {
  const own = OWN_NUMBERS.filter(({ setting }) => accountId in config[setting]);
  const keys = own.map(({ setting }) => `${setting}.${accountId}`);
  return {
    cells: [accountId, String(livingPostPaid)],
    fields: OWN_NUMBERS.map((number) => toOwnField(accountId, config, number)),
    back: { label: accountId, change: () => restoreConfig(keys), isOff: own.length === 0 },
  };
}

function toOwnField(accountId, config, { setting, name, step }) {
  return {
    label: `${name} of ${accountId}`,
    value: config[setting][accountId],
    none: accountId in config[setting] ? undefined : 'that of all',
    step,
    change: (value) => changeConfig({ [setting]: { [accountId]: value } }),
  };
}

/** Shows what zones have left, for all classes and for those with a counter of their own. */
export function showStock({ stock, world }, run) {
  const zones = world.regions.flatMap((region) => region.zones.map(({ id }) => id));
  const rows = zones.flatMap((zone) => {
    const counters = { [ANY_CLASS]: null, ...stock[zone] };
    return Object.entries(counters).map(([className, left]) => {
      const name = className === ANY_CLASS ? 'any other' : className;
      const label = `Stock of ${zone}, ${className === ANY_CLASS ? 'any other class' : className}`;
      const change = (value) => changeConfig({ stock: { [zone]: { [className]: value } } });
      const key = `stock.${zone}.${className}`;
      const isOff = stock[zone]?.[className] === undefined;
      const back = { label, change: () => restoreConfig([key]), isOff };
      return { cells: [zone, name], fields: [{ label, value: left, change }], back };
    });
  });
  showCounters(document.getElementById('stock'), rows, { run });
  const { zone, class: classes } = document.getElementById('stock-of-class').elements;
  addOptions(zone, zones);
  addOptions(
    classes,
    world.classes.map(({ name }) => name),
  );
}

/** Lets the form below the stock give a class a counter of its own. */
export function wireStockOfClass(run) {
  const form = document.getElementById('stock-of-class');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { zone, class: className, left } = form.elements;
    const counters = { [className.value]: left.valueAsNumber };
    run(`Stock of ${zone.value}, ${className.value}`, () =>
      changeConfig({ stock: { [zone.value]: counters } }),
    );
  });
}

/** Shows how many addresses vSwitches have left. */
export function showAddresses({ freeIps, world }, run) {
  const rows = world.vSwitches.map(({ id, vpcId, zoneId }) => ({
    cells: [id, vpcId, zoneId],
    fields: [
      {
        label: `Free addresses of ${id}`,
        value: freeIps[id],
        change: (value) => changeConfig({ freeIps: { [id]: value } }),
      },
    ],
  }));
  showCounters(document.getElementById('addresses'), rows, { run });
}
