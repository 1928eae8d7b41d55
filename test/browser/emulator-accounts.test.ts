import { idsOf, startBench } from '../unit/emulator/api-client';
import type { Bench } from '../unit/emulator/api-client';
import { waitFor } from '../support/wait-for';
import { openBrowserPage } from './browser-page';
import type { BrowserPage } from './browser-page';
import { createControlPage } from './control-page';
import type { ControlPage } from './control-page';

const STEP_TIMEOUT_MS = 30_000;
const ACCOUNT = '1000000000000001';

describe("an account and its instances on the emulator's control page", () => {
  let bench: Bench;
  let browser: BrowserPage;
  let control: ControlPage;
  let listsRead = 0;

  beforeAll(async () => {
    bench = await startBench({ nowMs: Date.now, config: { readyTimeMs: 0, readyJitter: 0 } });
    browser = await openBrowserPage();
    control = createControlPage(browser.page);
    browser.page.on('request', (request) => {
      if (request.url().includes('/instances?')) listsRead += 1;
    });
    await browser.page.goto(`${bench.url}/_emulator`);
  }, STEP_TIMEOUT_MS);

  afterAll(async () => {
    await browser.close();
    await bench.close();
  }, STEP_TIMEOUT_MS);

  it(
    'gives an account a number of its own, and takes it back to that of all',
    async () => {
      const codeOf = async (): Promise<string> => (await bench.create()).json.Code;
      const quota = browser.page.getByLabel(`Quota of ${ACCOUNT}`);
      const back = browser.page.getByRole('button', { name: `Back to the start: ${ACCOUNT}` });
      expect(await back.isDisabled()).toBe(true);
      expect(await quota.getAttribute('placeholder')).toBe('that of all');
      await control.enter(`Quota of ${ACCOUNT}`, '0');
      await control.enter(`Balance of ${ACCOUNT}`, '7');
      expect(await codeOf()).toBe('QuotaExceed.AfterpayInstance');
      await back.click();
      await control.untilText(control.said(), `Back to the start: ${ACCOUNT}: done.`);
      expect(await codeOf()).toBeUndefined();
      expect(await back.isDisabled()).toBe(true);
      expect((await bench.control('GET', 'config')).json).toMatchObject({
        quotaByAccount: {},
        balanceByAccount: {},
      });
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'lists instances by state and name, and reads none while the list is closed',
    async () => {
      const [deleted = '', kept = ''] = idsOf(
        await bench.create({ quantity: 2, InstanceName: 'shop-1' }),
      );
      await bench.call('DeleteInstance', { InstanceId: deleted });
      const rows = browser.page.locator('#instance-rows tbody tr');
      const untilIds = async (ids: readonly string[]): Promise<void> => {
        await waitFor(
          () => rows.locator('td:first-child').allTextContents(),
          (found) => JSON.stringify(found) === JSON.stringify(ids),
        );
      };
      expect(listsRead).toBe(0);
      await browser.page.getByText('List', { exact: true }).click();
      const filter = browser.page.locator('#instance-filter');
      await filter.getByLabel('Id or name').fill('shop');
      await untilIds([deleted, kept]);
      await filter.getByLabel('State').selectOption('deleted');
      await untilIds([deleted]);
      await filter.getByLabel('State').selectOption('live');
      await untilIds([kept]);
      expect(await rows.locator('td').allTextContents()).toEqual([
        ...[kept, 'shop-1', 'redis.master.small.default', 'cn-hangzhou-h', 'Normal'],
        expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
      ]);
      await filter.getByRole('button', { name: 'Show all' }).click();
      await waitFor(
        () => rows.count(),
        (count) => count > 2,
      );
      await browser.page.getByText('List', { exact: true }).click();
    },
    STEP_TIMEOUT_MS,
  );
});
