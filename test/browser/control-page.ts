import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../support/wait-for';

/** What a person does and sees on the emulator's control page. */
export interface ControlPage {
  /** What the page says of the latest change. */
  said(): Locator;
  /** Types a number into a field, by the keyboard, and waits until it is in force. */
  enter(label: string, value: string): Promise<void>;
  untilText(locator: Locator, text: string): Promise<void>;
  /** The texts of the row that has this one. */
  cellsOf(table: string, text: string): Promise<string[]>;
  /** The cells of one column of the log; the first column is 1. */
  cells(column: number): Locator;
  untilActions(actions: readonly string[]): Promise<void>;
  untilTokens(tokens: readonly string[]): Promise<void>;
  /** A headless page is never hidden: it is told so. */
  setHidden(isHidden: boolean): Promise<void>;
}

/** The columns of the log. */
const ACTION_COLUMN = 3;
const TOKEN_COLUMN = 7;

/** Wraps an open control page. */
export function createControlPage(page: Page): ControlPage {
  const said = (): Locator => page.getByRole('status');
  const cells = (column: number): Locator => page.locator(`#log tbody td:nth-child(${column})`);
  const untilColumn = async (column: number, texts: readonly string[]): Promise<void> => {
    await waitFor(
      () => cells(column).allTextContents(),
      (found) => JSON.stringify(found) === JSON.stringify(texts),
    );
  };
  return {
    ...{ said, cells, untilText },
    enter: async (label, value) => {
      const field = page.getByLabel(label, { exact: true });
      await field.focus();
      await field.fill(value);
      await page.keyboard.press('Enter');
      await untilText(said(), `${label}: done.`);
    },
    cellsOf: (table, text) =>
      page.locator(`${table} tbody tr`).filter({ hasText: text }).locator('td').allInnerTexts(),
    untilActions: (actions) => untilColumn(ACTION_COLUMN, actions),
    untilTokens: (tokens) => untilColumn(TOKEN_COLUMN, tokens),
    setHidden: async (isHidden) => {
      await page.evaluate(
        `Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} });
         document.dispatchEvent(new Event('visibilitychange'));`,
      );
    },
  };
}

async function untilText(locator: Locator, text: string): Promise<void> {
  await waitFor(
    () => locator.innerText(),
    (found) => found === text,
  );
}
