/** Rows of tables. All text goes in as text, never as markup. */

/**
 * Shows rows in a table, reusing those that are there, and its word for "empty" when there are none.
 *
 * @param {HTMLTableElement} table
 * @param {readonly (readonly Cell[])[]} rows
 * @typedef {{ text: unknown, isNumber?: boolean, isBad?: boolean, span?: number, button?: Button }}
 *   Cell - `span`: over so many columns, with its lines as they are
 * @typedef {{ label: string, isOpen?: boolean, press: Function }} Button - the cell's text is on it
 */
export function showRows(table, rows) {
  const body = table.tBodies[0];
  while (body.rows.length > rows.length) body.deleteRow(-1);
  for (const [index, cells] of rows.entries()) {
    const row = body.rows[index] ?? body.insertRow();
    while (row.cells.length > cells.length) row.deleteCell(-1);
    for (const [column, cell] of cells.entries()) showCell(row, column, cell);
  }
  table.hidden = rows.length === 0;
  table.nextElementSibling.hidden = rows.length > 0;
}

/** A cell with text. */
export const toText = (text) => ({ text: text ?? '' });

/** A cell with a number, at the right. */
export const toNumber = (text, isBad = false) => ({ text: text ?? '', isNumber: true, isBad });

/** A cell with a button. */
export const toButton = (text, button) => ({ text, button });

function showCell(row, column, { text, isNumber = false, isBad = false, span = 1, button }) {
  const cell = row.cells[column] ?? row.insertCell();
  if (button === undefined) showText(cell, text);
  else showText(showButton(cell, button), text);
  cell.colSpan = span;
  cell.classList.toggle('number', isNumber);
  cell.classList.toggle('bad', isBad);
  cell.classList.toggle('lines', span > 1);
}

function showText(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}

/** The button that is there stays: who is about to press it keeps it under the pointer. */
function showButton(cell, { label, isOpen, press }) {
  let button = cell.querySelector('button');
  if (button === null) {
    button = document.createElement('button');
    button.type = 'button';
    cell.replaceChildren(button);
  }
  button.onclick = press;
  button.setAttribute('aria-label', label);
  if (isOpen !== undefined) button.setAttribute('aria-expanded', String(isOpen));
  return button;
}

/** Fills a list of choices; those that are there already stay, and so does what is chosen. */
export function addOptions(select, values) {
  const known = new Set([...select.options].map(({ value }) => value));
  for (const value of values.filter((each) => !known.has(each))) {
    const option = document.createElement('option');
    option.value = value;
    option.textContent = value;
    select.append(option);
  }
}
