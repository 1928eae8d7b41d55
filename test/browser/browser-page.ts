import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';

/** Longest wait for anything on a page; the machine may be busy. */
const WAIT_MS = 20_000;

const IMAGES = join(__dirname, '..', '..', 'docs', 'images');

/** A page in a browser of its own. */
export interface BrowserPage {
  readonly page: Page;
  /** Keeps a picture of what is in view for the documents, with `UPDATE_SCREENSHOTS=1` only. */
  photograph(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a Chromium with an empty page. */
export async function openBrowserPage(
  viewport = { width: 1280, height: 800 },
): Promise<BrowserPage> {
  const browser = await chromium.launch({
    executablePath: process.env['TAIRFLEET_TEST_CHROMIUM']!,
    // Containers of CI run as root, which Chromium's sandbox refuses.
    args: ['--no-sandbox'],
    timeout: WAIT_MS,
  });
  const page = await browser.newPage({ viewport, timezoneId: 'UTC' });
  page.setDefaultTimeout(WAIT_MS);
  return {
    page,
    photograph: (name) => photograph(page, name),
    close: () => browser.close(),
  };
}

async function photograph(page: Page, name: string): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
  mkdirSync(IMAGES, { recursive: true });
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}
