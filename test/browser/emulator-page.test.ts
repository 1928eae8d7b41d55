import { idsOf, startBench } from '../unit/emulator/api-client';
import type { Bench } from '../unit/emulator/api-client';
import { waitFor } from '../support/wait-for';
import { openBrowserPage } from './browser-page';
import type { BrowserPage } from './browser-page';
import { createControlPage } from './control-page';
import type { ControlPage } from './control-page';

const STEP_TIMEOUT_MS = 30_000;
const ACCOUNT = '1000000000000001';
/** A page that takes text for markup would show `token`. */
const MARKUP = '<i>token</i>';

describe("the emulator's control page", () => {
  let bench: Bench;
  let browser: BrowserPage;
  let control: ControlPage;
  const complaints: string[] = [];

  beforeAll(async () => {
    bench = await startBench({ nowMs: Date.now, config: { readyTimeMs: 0, readyJitter: 0 } });
    browser = await openBrowserPage({ width: 1280, height: 2700 });
    control = createControlPage(browser.page);
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
      await control.untilText(browser.page.locator('#instances-live'), '0');
      await bench.create({ quantity: 3 }, { Token: 'order-1' });
      await bench.call('DescribeInstances', { RegionId: 'cn-hangzhou' });
      await control.untilText(browser.page.locator('#instances-live'), '3');
      await control.untilText(browser.page.locator('#instances-normal'), '3');
      expect(await control.cellsOf('#calls', 'CreateInstances')).toMatchObject({
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
      await control.enter(`Quota of ${ACCOUNT}`, '4');
      const overQuota = await bench.create({ quantity: 2 }, { Token: 'order-2' });
      expect(overQuota.json.Code).toBe('QuotaExceed.AfterpayInstance');
      await control.enter(`Quota of ${ACCOUNT}`, '');
      await control.enter('Stock of cn-hangzhou-h, any other class', '1');
      const overStock = await bench.create({ quantity: 2 }, { Token: 'order-3' });
      expect(overStock.json.Code).toBe('QuotaNotEnough');
      await control.enter('Stock of cn-hangzhou-h, any other class', '100');
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'changes money, addresses, zones and rates, and takes all of it back',
    async () => {
      const codeOf = async (): Promise<string> => (await bench.create()).json.Code;
      await control.enter(`Balance of ${ACCOUNT}`, '0.5');
      expect(await codeOf()).toBe('InsufficientBalance');
      await control.enter(`Balance of ${ACCOUNT}`, '');
      await control.enter('Free addresses of vsw-1', '0');
      expect(await codeOf()).toBe('VswitchIpExhausted');
      await browser.page.getByLabel('cn-hangzhou-h', { exact: true }).uncheck();
      await control.untilText(control.said(), 'cn-hangzhou-h: closed: done.');
      expect(await codeOf()).toBe('Zone.Closed');
      await control.enter('Limit of DescribeZones, per second', '0.01');
      await control.enter('Limit of DescribeZones, at once', '1');
      await bench.call('DescribeZones');
      expect((await bench.call('DescribeZones')).json.Code).toBe('Throttling.User');
      await browser.page.getByRole('button', { name: 'Settings as at the start' }).click();
      await control.untilText(control.said(), 'Settings as at the start: done.');
      await waitFor(
        () => browser.page.getByLabel('Limit of DescribeZones, per second').inputValue(),
        (value) => value === '200',
      );
      const zone = browser.page.getByLabel('cn-hangzhou-h', { exact: true });
      expect(await zone.isChecked()).toBe(true);
      expect(await codeOf()).toBeUndefined();
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
      const own = browser.page.locator(
        'input[aria-label="Stock of cn-hangzhou-i, redis.master.mid.default"]',
      );
      await waitFor(
        () => own.inputValue(),
        (value) => value === '7',
      );
      const readZone = async (): Promise<unknown> =>
        (await bench.control('GET', 'config')).json['stock']['cn-hangzhou-i'];
      expect(await readZone()).toEqual({ 'redis.master.mid.default': 7 });
      const label = 'Back to the start: Stock of cn-hangzhou-i, redis.master.mid.default';
      await browser.page.getByRole('button', { name: label }).click();
      await waitFor(
        () => own.count(),
        (count) => count === 0,
      );
      expect(await readZone()).toBeUndefined();
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'switches faults on and off',
    async () => {
      const box = browser.page.getByLabel('Creations are throttled', { exact: true });
      await box.focus();
      await browser.page.keyboard.press('Space');
      await control.untilText(control.said(), 'Creations are throttled: on: done.');
      const throttled = await bench.create({}, { Token: 'order-4' });
      expect(throttled.json.Code).toBe('Throttling.User');
      await control.untilText(browser.page.locator('#faults tbody td:nth-child(10)'), '1 of 1');
      await box.click();
      await control.untilText(control.said(), 'Creations are throttled: off: done.');
      expect((await bench.create({}, { Token: 'order-5' })).status).toBe(200);

      await browser.page.getByLabel('All answers are two seconds late').check();
      await browser.page.getByRole('button', { name: 'Clear all faults' }).click();
      await control.untilText(control.said(), 'No faults: done.');
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
        () => control.cells(7).allTextContents(),
        (tokens) => tokens[0] === 'order-6' && tokens[1] === MARKUP,
      );
      await browser.page.getByLabel('Creations execute, answers are lost').check();
      await control.untilText(control.said(), 'Creations execute, answers are lost: on: done.');
      await browser.page.locator('#log tbody button').first().click();
      await browser.page.locator('#log td.lines').waitFor();
      await browser.photograph('emulator');
      await browser.page.emulateMedia({ colorScheme: 'dark' });
      await browser.photograph('emulator-dark');
      await browser.page.locator('#log tbody button').first().click();
      const filter = browser.page.locator('#log-filter');
      await filter.getByLabel('Action').selectOption('DescribeInstances');
      await control.untilActions(['DescribeInstances']);
      await filter.getByRole('button', { name: 'Show all' }).click();
      await filter.getByLabel('Code').fill('QuotaNotEnough');
      await control.untilTokens(['order-3']);
      await filter.getByLabel('Status').fill('200');
      await control.untilTokens([]);
      await filter.getByLabel('Code').fill('');
      for (const name of ['order-6', String(answer.json.RequestId), id]) {
        await filter.getByLabel('Token, request id').fill(name);
        await control.untilTokens(['order-6']);
      }
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'asks nothing while it is hidden, and at once when it is seen again',
    async () => {
      // The first of each look: what a look asks besides may still come when the page is hidden.
      let asked = 0;
      browser.page.on('request', (request) => (asked += request.url().endsWith('/stats') ? 1 : 0));
      await control.setHidden(true);
      const before = asked;
      await bench.call('DescribeInstances');
      await browser.page.evaluate('new Promise((resolve) => setTimeout(resolve, 1500))');
      expect(asked).toBe(before);
      await control.setHidden(false);
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
});
