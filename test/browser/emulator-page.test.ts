import type { Locator } from 'playwright-core';
import { idsOf, startBench } from '../unit/emulator/api-client';
import type { Bench } from '../unit/emulator/api-client';
import { waitFor } from '../support/wait-for';
import { openBrowserPage } from './browser-page';
import type { BrowserPage } from './browser-page';

const STEP_TIMEOUT_MS = 30_000;
const ACCOUNT = '1000000000000001';
/** A page that takes text for markup would show `token`. */
const MARKUP = '<i>token</i>';

describe("the emulator's control page", () => {
  let bench: Bench;
  let browser: BrowserPage;
  const complaints: string[] = [];

  beforeAll(async () => {
    bench = await startBench({ nowMs: Date.now, config: { readyTimeMs: 0, readyJitter: 0 } });
    browser = await openBrowserPage({ width: 1280, height: 1560 });
    browser.page.on('pageerror', (error) => complaints.push(error.message));
    browser.page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text());
    });
    await browser.page.goto(`${bench.url}/_emulator`);
  }, STEP_TIMEOUT_MS);

  afterAll(async () => {
    await browser.close();
    await bench.close();
  }, STEP_TIMEOUT_MS);

  it(
    'counts instances and calls as they come, without being asked again',
    async () => {
      await untilText(browser.page.locator('#instances-live'), '0');
      await bench.create({ quantity: 3 }, { Token: 'order-1' });
      await bench.call('DescribeInstances', { RegionId: 'cn-hangzhou' });
      await untilText(browser.page.locator('#instances-live'), '3');
      await untilText(browser.page.locator('#instances-normal'), '3');
      expect(await cellsOf('#calls', 'CreateInstances')).toMatchObject({
        2: '200.0',
        3: '1',
        4: '1',
      });
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'changes the quota of an account and the stock of a zone, by the keyboard',
    async () => {
      await enter(`Quota of ${ACCOUNT}`, '4');
      const overQuota = await bench.create({ quantity: 2 }, { Token: 'order-2' });
      expect(overQuota.json.Code).toBe('QuotaExceed.AfterpayInstance');
      await enter(`Quota of ${ACCOUNT}`, '');
      await enter('Stock of cn-hangzhou-h, any other class', '1');
      const overStock = await bench.create({ quantity: 2 }, { Token: 'order-3' });
      expect(overStock.json.Code).toBe('QuotaNotEnough');
      await enter('Stock of cn-hangzhou-h, any other class', '100');
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'gives one class of a zone a stock of its own',
    async () => {
      const form = browser.page.locator('#stock-of-class');
      await form.getByLabel('Zone').selectOption('cn-hangzhou-i');
      await form.getByLabel('Class').selectOption('redis.master.mid.default');
      await form.getByLabel('Left').fill('7');
      await form.getByRole('button', { name: 'Set' }).click();
      const own = browser.page.getByLabel('Stock of cn-hangzhou-i, redis.master.mid.default');
      await waitFor(
        () => own.inputValue(),
        (value) => value === '7',
      );
      const { stock } = (await bench.control('GET', 'config')).json;
      expect(stock['cn-hangzhou-i']).toEqual({ 'redis.master.mid.default': 7 });
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'switches faults on and off',
    async () => {
      const box = browser.page.getByLabel('Creations are throttled');
      await box.focus();
      await browser.page.keyboard.press('Space');
      await untilText(said(), 'Creations are throttled: on: done.');
      const throttled = await bench.create({}, { Token: 'order-4' });
      expect(throttled.json.Code).toBe('Throttling.User');
      await untilText(browser.page.locator('#faults tbody td:last-child'), '1');
      await box.click();
      await untilText(said(), 'Creations are throttled: off: done.');
      expect((await bench.create({}, { Token: 'order-5' })).status).toBe(200);

      await browser.page.getByLabel('All answers are two seconds late').check();
      await browser.page.getByRole('button', { name: 'Clear all faults' }).click();
      await untilText(said(), 'No faults: done.');
      expect((await bench.control('GET', 'faults')).json).toEqual([]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'finds calls in the log by action, status, code, token, request id and instance',
    async () => {
      await bench.create({}, { Token: MARKUP });
      const answer = await bench.create({ quantity: 2 }, { Token: 'order-6' });
      const [id = ''] = idsOf(answer);
      await waitFor(
        () => cells(7).allTextContents(),
        (tokens) => tokens[0] === 'order-6' && tokens[1] === MARKUP,
      );
      await browser.page.getByLabel('Creations execute, answers are lost').check();
      await untilText(said(), 'Creations execute, answers are lost: on: done.');
      await browser.photograph('emulator');
      await browser.page.emulateMedia({ colorScheme: 'dark' });
      await browser.photograph('emulator-dark');
      const filter = browser.page.locator('#log-filter');
      await filter.getByLabel('Action').selectOption('DescribeInstances');
      await untilActions(['DescribeInstances']);
      await filter.getByRole('button', { name: 'Show all' }).click();
      await filter.getByLabel('Code').fill('QuotaNotEnough');
      await untilTokens(['order-3']);
      await filter.getByLabel('Status').fill('200');
      await untilTokens([]);
      await filter.getByLabel('Code').fill('');
      for (const name of ['order-6', String(answer.json.RequestId), id]) {
        await filter.getByLabel('Token, request id').fill(name);
        await untilTokens(['order-6']);
      }
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'asks nothing while it is hidden, and at once when it is seen again',
    async () => {
      let asked = 0;
      browser.page.on('request', () => (asked += 1));
      await setHidden(true);
      await browser.page.waitForLoadState('networkidle');
      const before = asked;
      await bench.call('DescribeInstances');
      await browser.page.evaluate('new Promise((resolve) => setTimeout(resolve, 1500))');
      expect(asked).toBe(before);
      await setHidden(false);
      await waitFor(
        () => Promise.resolve(asked),
        (count) => count > before,
      );
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'says when the emulator is gone, and until then had nothing to complain of',
    async () => {
      expect(complaints).toEqual([]);
      await bench.close();
      await browser.page.getByRole('alert').getByText('The emulator does not answer').waitFor();
      bench = await startBench();
    },
    STEP_TIMEOUT_MS,
  );

  const said = (): Locator => browser.page.getByRole('status');

  async function enter(label: string, value: string): Promise<void> {
    const field = browser.page.getByLabel(label);
    await field.focus();
    await field.fill(value);
    await browser.page.keyboard.press('Enter');
    await untilText(said(), `${label}: done.`);
  }

  async function untilText(locator: Locator, text: string): Promise<void> {
    await waitFor(
      () => locator.innerText(),
      (found) => found === text,
    );
  }

  async function cellsOf(table: string, firstCell: string): Promise<string[]> {
    const row = browser.page.locator(`${table} tbody tr`).filter({ hasText: firstCell });
    return row.locator('td').allInnerTexts();
  }

  const untilActions = (actions: readonly string[]): Promise<unknown> => untilColumn(3, actions);
  const untilTokens = (tokens: readonly string[]): Promise<unknown> => untilColumn(7, tokens);

  function untilColumn(column: number, texts: readonly string[]): Promise<unknown> {
    return waitFor(
      () => cells(column).allTextContents(),
      (found) => JSON.stringify(found) === JSON.stringify(texts),
    );
  }

  const cells = (column: number): Locator =>
    browser.page.locator(`#log tbody td:nth-child(${column})`);

  /** A headless page is never hidden: it is told so. */
  async function setHidden(isHidden: boolean): Promise<void> {
    await browser.page.evaluate(
      `Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} });
       document.dispatchEvent(new Event('visibilitychange'));`,
    );
  }
});
