/** Rows of tables. All text goes in as text, never as markup. */

/**
 * Shows rows in a table, reusing those that are there, and its word for "empty" when there are none.
 *
 * @param {HTMLTableElement} table
 * @param {readonly (readonly { text: unknown, isNumber?: boolean, isBad?: boolean }[])[]} rows
 */
export function showRows(table, rows) {
  const body = table.tBodies[0];
  while (body.rows.length > rows.length) body.deleteRow(-1);
  for (const [index, cells] of rows.entries()) {
    const row = body.rows[index] ?? body.insertRow();
    for (const [column, cell] of cells.entries()) showCell(row, column, cell);
  }
  table.hidden = rows.length === 0;
  table.nextElementSibling.hidden = rows.length > 0;
}

/** A cell with text. */
export const toText = (text) => ({ text: text ?? '' });

/** A cell with a number, at the right. */
export const toNumber = (text, isBad = false) => ({ text: text ?? '', isNumber: true, isBad });

function showCell(row, column, { text, isNumber = false, isBad = false }) {
  const cell = row.cells[column] ?? row.insertCell();
  if (cell.textContent !== String(text)) cell.textContent = text;
  cell.classList.toggle('number', isNumber);
  cell.classList.toggle('bad', isBad);
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
