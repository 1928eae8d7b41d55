import { idsOf, startBench } from '../unit/emulator/api-client';
import type { Bench } from '../unit/emulator/api-client';
import { waitFor } from '../support/wait-for';
import { openBrowserPage } from './browser-page';
import type { BrowserPage } from './browser-page';
import { createControlPage } from './control-page';
import type { ControlPage } from './control-page';

const STEP_TIMEOUT_MS = 30_000;

describe("rules, calls and the way back on the emulator's control page", () => {
  let bench: Bench;
  let browser: BrowserPage;
  let control: ControlPage;

  beforeAll(async () => {
    bench = await startBench({ nowMs: Date.now, config: { readyTimeMs: 0, readyJitter: 0 } });
    browser = await openBrowserPage();
    control = createControlPage(browser.page);
    await browser.page.goto(`${bench.url}/_emulator`);
  }, STEP_TIMEOUT_MS);

  afterAll(async () => {
    await browser.close();
    await bench.close();
  }, STEP_TIMEOUT_MS);

  const untilRules = async (names: readonly string[]): Promise<void> => {
    await waitFor(
      () => browser.page.locator('#faults tbody td:first-child').allTextContents(),
      (found) => JSON.stringify(found) === JSON.stringify(names),
    );
  };

  it(
    'adds a rule of its own, shows what it does, and removes it alone',
    async () => {
      await browser.page.locator('#presets').getByLabel('by a 429').check();
      await untilRules(['Creations are throttled by a 429']);
      expect((await bench.create()).status).toBe(429);
      const form = browser.page.locator('#fault-form');
      await form.locator('[name=action]').selectOption('DescribeZones');
      await form.locator('[name=status]').fill('503');
      await form.locator('[name=code]').fill('ServiceUnavailable');
      await form.locator('[name=retryAfterMs]').fill('700');
      await form.locator('[name=count]').fill('2');
      await form.locator('[name=until]').fill('60');
      await form.locator('[name=match]').fill('cn-beijing');
      await form.locator('[name=name]').fill('no zones');
      await form.getByRole('button', { name: 'Add' }).click();
      await control.untilText(control.said(), 'Rule no zones: done.');
      const answer = await bench.call('DescribeZones', { RegionId: 'cn-beijing' });
      expect([answer.status, answer.json.Code]).toEqual([503, 'ServiceUnavailable']);
      expect(answer.headers.get('x-acs-retry-after')).toBe('700');
      await waitFor(
        () => control.cellsOf('#faults', 'no zones'),
        (cells) => cells[9] === '1 of 1',
      );
      expect(await control.cellsOf('#faults', 'no zones')).toEqual([
        ...['no zones', 'DescribeZones', 'contains cn-beijing', 'refuse', 'before'],
        ...['503, ServiceUnavailable, retry after 700 ms', '1', '2', '0 s to 60 s', '1 of 1'],
        'Remove',
      ]);
      await browser.page.getByRole('button', { name: 'Remove no zones' }).click();
      await untilRules(['Creations are throttled by a 429']);
      expect((await bench.create()).status).toBe(429);
      await browser.page.locator('#presets').getByLabel('by a 429').uncheck();
      await untilRules([]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'says what is wrong with a rule that would do nothing',
    async () => {
      const form = browser.page.locator('#fault-form');
      await form.locator('[name=kind]').selectOption('drop');
      await form.getByRole('button', { name: 'Add' }).click();
      await control.said().getByText('drop knows none of these members').waitFor();
      expect((await bench.control('GET', 'faults')).json).toEqual([]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'shows parameters and ids of a call, and of one alone',
    async () => {
      const ids = idsOf(await bench.create({ quantity: 2 }, { Token: 'seen' }));
      await bench.call('DescribeZones', { RegionId: 'cn-hangzhou' });
      const detail = browser.page.locator('#log td.lines');
      const open = async (action: string): Promise<void> => {
        const rows = browser.page.locator('#log tbody tr').filter({ hasText: action });
        await rows.getByRole('button').first().click();
      };
      await open('seen');
      await detail.getByText(`Created or deleted: ${ids.join(', ')}`).waitFor();
      expect(await detail.textContent()).toContain('Token: seen\n');
      await open('DescribeZones');
      await detail.getByText('RegionId: cn-hangzhou').waitFor();
      expect(await detail.count()).toBe(1);
      await open('DescribeZones');
      await waitFor(
        () => detail.count(),
        (count) => count === 0,
      );
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'goes back to how everything was at the start, but not without a question',
    async () => {
      const questions: string[] = [];
      let isAccepted = false;
      browser.page.on('dialog', (dialog) => {
        questions.push(dialog.message());
        void (isAccepted ? dialog.accept() : dialog.dismiss());
      });
      const reset = browser.page.getByRole('button', { name: 'Everything as at the start' });
      const live = async (): Promise<number> =>
        (await bench.control('GET', 'stats')).json.instances.live;
      await reset.click();
      expect(questions).toEqual([expect.stringContaining('Forget all instances')]);
      expect(await live()).toBe(2);
      isAccepted = true;
      await reset.click();
      await control.untilText(control.said(), 'Everything as at the start: done.');
      expect(await live()).toBe(0);
    },
    STEP_TIMEOUT_MS,
  );
});
