import type { Browser } from 'playwright-core';
import { openOffice, type Office } from '../e2e/office.ts';
import { inContext, launchChromium } from './chromium.ts';

/* A meeting's actions raised in one go by keyboard and pointer, whether scripts run or not. */

describe('the actions of a meeting', () => {
  let office: Office;
  let chromium: Browser;

  beforeAll(async () => {
    office = await openOffice({ store: 'sqlite' });
    chromium = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await chromium?.close();
    await office?.served.remove();
  });

  it.each([false, true])('are raised from its page, a row each (scripts: %s)', async (scripts) => {
    const { url } = office.served;
    await office.served.ready();
    await inContext(chromium, url, { scripts, as: 'opcc-officer' }, async (page) => {
      await page.goto(`${url}/meetings/${office.board}`);
      await page.getByRole('link', { name: 'Raise action: several at once' }).click();
      const titles = [1, 2, 4].map((row) => `Of row ${row} ${scripts ? 'with' : 'without'} scripts`);
      await page.locator('[name="1.title"]').fill(titles[0]!);
      await page.locator('[name="2.title"]').fill(titles[1]!);
      await page.getByRole('button', { name: 'Take away row 3' }).click();
      await page.getByRole('button', { name: 'Add a row' }).click();
      expect(await page.locator('[name="1.title"]').inputValue()).toBe(titles[0]);
      const last = page.locator('fieldset input[name$=".title"]').last();
      await last.fill(titles[2]!);
      await page.getByRole('button', { name: 'Record all rows' }).last().click();
      expect(await page.locator('h1').innerText()).toBe('Recorded');
      for (const title of titles) expect(await page.getByRole('link', { name: title }).count()).toBe(1);
      await page.getByRole('link', { name: titles[0]! }).click();
      expect(await page.locator('h1').innerText()).toContain(titles[0]);
    });
  });
});
