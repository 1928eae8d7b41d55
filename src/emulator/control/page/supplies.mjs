/** Quota by account and stock by zone: tables whose last column can be changed. */
import { changeConfig } from './control-api.mjs';
import { addOptions } from './table.mjs';

/** The name of a counter that stands for every class without one of its own. */
const ANY_CLASS = '*';

/** Shows what accounts may have and what they have. */
export function showQuota(accounts, { quota, quotaByAccount }, run) {
  const all = {
    cells: ['all without one of their own', ''],
    value: quota,
    label: 'Quota of all accounts',
    change: (value) => changeConfig({ quota: value }),
  };
  const own = accounts.map(({ accountId, livingPostPaid }) => ({
    cells: [accountId, String(livingPostPaid)],
    value: accountId in quotaByAccount ? quotaByAccount[accountId] : quota,
    label: `Quota of ${accountId}`,
    change: (value) => changeConfig({ quotaByAccount: { [accountId]: value } }),
  }));
  showCounters(document.getElementById('quota'), [all, ...own], { run, numberColumn: 1 });
}

/** Shows what zones have left, for all classes and for those with a counter of their own. */
export function showStock({ stock, world }, run) {
  const zones = world.regions.flatMap((region) => region.zones.map(({ id }) => id));
  const rows = zones.flatMap((zone) => {
    const counters = { [ANY_CLASS]: null, ...stock[zone] };
    return Object.entries(counters).map(([className, left]) => ({
      cells: [zone, className === ANY_CLASS ? 'any other' : className],
      value: left,
      label: `Stock of ${zone}, ${className === ANY_CLASS ? 'any other class' : className}`,
      change: (value) => changeConfig({ stock: { [zone]: { [className]: value } } }),
    }));
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

function showCounters(table, counters, { run, numberColumn }) {
  const body = table.tBodies[0];
  const labels = counters.map(({ label }) => label).join('\n');
  // Built anew only when there are others: who is typing keeps the field.
  if (table.dataset.labels !== labels) {
    table.dataset.labels = labels;
    body.replaceChildren(...counters.map((counter) => createCounter(counter, run)));
  }
  for (const [index, { cells, value }] of counters.entries()) {
    const row = body.rows[index];
    for (const [column, text] of cells.entries()) {
      row.cells[column].textContent = text;
      row.cells[column].classList.toggle('number', column === numberColumn);
    }
    const input = row.querySelector('input');
    if (document.activeElement !== input) input.value = value ?? '';
  }
}

function createCounter({ cells, label, change }, run) {
  const row = document.createElement('tr');
  const input = document.createElement('input');
  input.type = 'number';
  input.min = '0';
  input.step = '1';
  input.placeholder = 'no limit';
  input.setAttribute('aria-label', label);
  input.addEventListener('change', () => {
    if (!input.reportValidity()) return;
    run(label, () => change(input.value === '' ? null : input.valueAsNumber));
  });
  cells.forEach(() => row.insertCell());
  const last = row.insertCell();
  last.className = 'number';
  last.append(input);
  return row;
}
