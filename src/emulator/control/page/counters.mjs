/** Tables whose last columns are numbers that can be changed. */

/**
 * Shows rows of texts with fields behind them. A field that somebody types in keeps what it has.
 *
 * @param {HTMLTableElement} table
 * @param {readonly { cells: readonly string[], fields: readonly Field[], back?: Back }[]} rows
 * @param {{ run: Function, numberColumn?: number }} options - which of the texts is a number
 * @typedef {{ label: string, value: number | null | undefined, change: Function, none?: string,
 *   isOff?: boolean, step?: string }} Field - no value: no limit, or what `none` says
 * @typedef {{ label: string, change: Function, isOff: boolean }} Back - a button at the row's end
 *   that takes its numbers back to the start
 */
export function showCounters(table, rows, { run, numberColumn }) {
  const body = table.tBodies[0];
  const labels = rows.map(({ fields }) => fields[0].label).join('\n');
  // Built anew only when there are others: who is typing keeps the field.
  if (table.dataset.labels !== labels) {
    table.dataset.labels = labels;
    body.replaceChildren(...rows.map((row) => createRow(row, run)));
  }
  for (const [index, { cells, fields, back }] of rows.entries()) {
    const row = body.rows[index];
    for (const [column, text] of cells.entries()) {
      row.cells[column].textContent = text;
      row.cells[column].classList.toggle('number', column === numberColumn);
    }
    const inputs = row.querySelectorAll('input');
    for (const [place, field] of fields.entries()) showField(inputs[place], field);
    if (back !== undefined) showBack(row.querySelector('button'), back);
  }
}

function showBack(button, { change, isOff }) {
  button.change = change;
  button.disabled = isOff;
}

function showField(input, field) {
  // What a change is made of may be of this look: such as the other half of a limit.
  input.change = field.change;
  input.placeholder = field.none ?? 'no limit';
  input.disabled = field.isOff ?? false;
  if (document.activeElement !== input) input.value = toShown(field.value);
}

/** Two decimals are enough to look at. */
function toShown(value) {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : '';
}

function createRow({ cells, fields, back }, run) {
  const row = document.createElement('tr');
  cells.forEach(() => row.insertCell());
  for (const field of fields) {
    const cell = row.insertCell();
    cell.className = 'number';
    cell.append(createField(field, run));
  }
  if (back !== undefined) row.insertCell().append(createBack(back, run));
  return row;
}

function createBack({ label }, run) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Back';
  button.setAttribute('aria-label', `Back to the start: ${label}`);
  button.addEventListener('click', () => run(`Back to the start: ${label}`, () => button.change()));
  return button;
}

function createField({ label, step = '1' }, run) {
  const input = document.createElement('input');
  input.type = 'number';
  input.min = '0';
  input.step = step;
  input.setAttribute('aria-label', label);
  input.addEventListener('change', () => {
    if (!input.reportValidity()) return;
    run(label, () => input.change(input.value === '' ? null : input.valueAsNumber));
  });
  return input;
}
