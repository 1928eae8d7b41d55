import type { Page } from 'playwright-core';
import { openBrowserPage } from './browser-page';

/** The title of the list. */
const COUNT = /^\d+ Workflows?$/;

/** The frame under "Current Details". */
const DETAILS = '#user-metadata-current-details';

/** The Temporal UI in a browser of its own, with the steps of a person. */
export interface TemporalUi {
  readonly page: Page;
  /** Opens the list of workflows with a filter, as a saved view does. */
  openList(filter: string): Promise<void>;
  /** Ids of the workflows in the list. */
  readList(): Promise<readonly string[]>;
  /** Opens the page of a workflow by its link in the list. */
  openFromList(workflowId: string): Promise<void>;
  /** Opens the tab "User Metadata" and gives the text under "Current Details". */
  readDetails(): Promise<string>;
  /** Fills in the form "Send an Update"; `whileOpen` runs before it is submitted. */
  sendUpdate(name: string, input: object, whileOpen: () => Promise<void>): Promise<void>;
  /** Presses "Request Cancellation", and confirms. */
  requestCancellation(): Promise<void>;
  /** Waits until the page says so beside the workflow's id. */
  untilStatus(status: 'Completed'): Promise<void>;
  /** Keeps a picture for docs/operations.md, with `UPDATE_SCREENSHOTS=1` only. */
  photograph(name: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a Chromium.
 *
 * @param url - address of the Temporal UI
 */
export async function openTemporalUi(url: string): Promise<TemporalUi> {
  const { page, photograph, close } = await openBrowserPage();
  return {
    page,
    openList: (filter) => openList(page, `${url}/namespaces/default/workflows`, filter),
    readList: () => readList(page),
    openFromList: (workflowId) => openFromList(page, workflowId),
    readDetails: () => readDetails(page),
    sendUpdate: (name, input, whileOpen) => sendUpdate(page, { name, input, whileOpen }),
    requestCancellation: async () => {
      await page.getByRole('button', { name: 'Request Cancellation' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
    },
    untilStatus: (status) =>
      page.getByRole('main').getByRole('status').getByText(status, { exact: true }).waitFor(),
    photograph,
    close,
  };
}

async function openList(page: Page, url: string, filter: string): Promise<void> {
  await page.goto(`${url}?query=${encodeURIComponent(filter)}`);
  await page.getByText(COUNT).waitFor();
}

/** The count comes by a request of its own, and the rows after it. */
async function readList(page: Page): Promise<readonly string[]> {
  const count = Number.parseInt(await page.getByText(COUNT).innerText(), 10);
  const links = page.getByRole('link', { name: /^batch\// });
  if (count > 0) await links.nth(count - 1).waitFor();
  return links.allInnerTexts();
}

async function openFromList(page: Page, workflowId: string): Promise<void> {
  await page.getByRole('link', { name: workflowId, exact: true }).click();
  await page.getByRole('tab', { name: 'User Metadata' }).waitFor();
}

async function readDetails(page: Page): Promise<string> {
  // Else it shows what it has read before.
  await page.reload();
  await page.getByRole('tab', { name: 'User Metadata' }).click();
  const text = page.frameLocator(DETAILS).locator('body');
  await text.getByText('instances').first().waitFor();
  await page.locator(DETAILS).evaluate((frame) => frame.scrollIntoView({ block: 'end' }));
  return text.innerText();
}

interface FilledForm {
  readonly name: string;
  readonly input: object;
  readonly whileOpen: () => Promise<void>;
}

async function sendUpdate(page: Page, { name, input, whileOpen }: FilledForm): Promise<void> {
  await page.getByRole('button', { name: 'More Actions' }).click();
  await page.getByRole('menuitem', { name: 'Send an Update' }).first().click();
  const form = page.getByRole('dialog', { name: 'Send an Update' });
  await form.getByRole('button', { name: 'Select an Update' }).click();
  await form.getByRole('option', { name: new RegExp(`^${name}\\b`) }).click();
  const data = form.getByRole('textbox', { name: 'Data' });
  await data.fill(JSON.stringify(input));
  // It is laid out anew when it loses the focus, which would move the button away under the mouse.
  await data.blur();
  await form.getByText(/^\{$/).waitFor();
  await whileOpen();
  await form.getByRole('button', { name: 'Submit' }).click();
  await form.waitFor({ state: 'hidden' });
}
