/** Each figure on each panel equals what the simulated SAP holds. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, panel, textsOf, visit, waitForLivePanels } from './browser.ts';
import type { Visitor } from './browser.ts';
import { SapTables, dayInWords, inWords, negative, openAmount, realAmount, sum } from './sap-figures.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

const customers: [string, string][] = [
  ['Nordwind Logistik GmbH', '0000104711'],
  ['Alpenglas AG', '0000104712'],
  ['Sakura Seimitsu KK', '0000104714'],
  ['Gulf Marine Supplies WLL', '0000104715'],
  ['Prairie Tools Inc', '0000104716'],
  ['Hansa Werft Süd GmbH', '0000104721'],
  ['Svea Verktyg AB', '0000104722'],
  ['Webshop Berlin', 'WEB4711'],
];

/** An order of the first customer with two deliveries. */
const partlyDelivered = '0000004523';

/** Today where the simulated SAP stands. */
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date()).replaceAll('-', '');

describe('the panels of a customer', () => {
  let stack: Stack;
  let browser: Browser;
  let sap: SapTables;
  let rita: Visitor;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
    sap = new SapTables(stack.sap.url);
  });
  afterAll(async () => {
    await browser.close();
    await stack.close();
  });
  beforeEach(async () => {
    rita = await visit(browser, stack.salesforce, 'Rita');
  });
  afterEach(async () => {
    await rita.close();
    expect(rita.mishaps).toEqual([]);
  });

  const open = async (name: string): Promise<void> => {
    await rita.openAccount(name);
    await waitForLivePanels(rita.page);
  };

  test.each(customers)('show the credit of %s as SAP has it', async (name, number) => {
    await open(name);
    const credit = panel(rita.page, 'SAP Credit');
    for (const account of await sap.credit(number)) {
      const shown = credit.locator(`[data-credit-control-area="${account.area}"]`);
      for (const [part, amount] of Object.entries({
        ...account.parts,
        total: account.exposure,
        limit: account.limit,
      })) {
        expect([part, await shown.locator(`[data-part="${part}"] td`).innerText()]).toEqual([part, inWords(amount)]);
      }
      expect(await shown.locator('[data-figure="available"]').innerText()).toBe(inWords(account.available));
    }
    expect(await credit.locator('[data-credit-control-area]').count()).toBe((await sap.credit(number)).length);
  });

  test.each(customers)('show what %s owes and since when', async (name, number) => {
    await open(name);
    const ageing = await sap.ageing(number, today);
    for (const heading of ['SAP Credit', 'SAP Invoices'] as const) {
      const rows = panel(rita.page, heading).locator('[data-from-days]');
      const shown = await textsOf(rows.locator('.amount'));
      expect(shown).toEqual([...ageing.values()].flat().map(inWords));
      const overdue = [...ageing].map(([currency, buckets]) => sum(buckets.slice(1), currency));
      const named = await textsOf(panel(rita.page, heading).locator('[data-figure="overdue"]'));
      expect(named).toEqual(overdue.filter(({ thousandths }) => thousandths > 0n).map(inWords));
    }
  });

  test.each(customers)('list every order of %s, with amount and dates', async (name, number) => {
    await open(name);
    const orders = panel(rita.page, 'SAP Orders');
    const held = (await sap.rows('VBAK', { KUNNR: number })).filter((order) => order['VBTYP'] === 'C');
    const rows = orders.locator('[data-order]');
    while ((await rows.count()) < held.length) {
      const before = await rows.count();
      await orders.getByRole('button', { name: 'Show more' }).click();
      await rows.nth(before).waitFor();
    }
    expect(await rows.count()).toBe(held.length);
    for (const order of held) {
      const row = orders.locator(`[data-order="${order['VBELN'] ?? ''}"]`);
      expect(await row.locator('[data-figure="net"]').innerText()).toBe(
        inWords(realAmount(order['NETWR'], order['WAERK'] ?? '')),
      );
      const [ordered, requested] = await textsOf(row.locator('td'));
      expect([ordered, requested]).toEqual([dayInWords(order['AUDAT'] ?? ''), dayInWords(order['VDATU'] ?? '')]);
    }
  });

  test.each(customers)('show amount and open balance of each invoice of %s', async (name, number) => {
    await open(name);
    const invoices = panel(rita.page, 'SAP Invoices');
    const openItems = await sap.rows('BSID', { KUNNR: number });
    const rows = await invoices.locator('[data-invoice]').all();
    for (const row of rows) {
      const document = (await row.getAttribute('data-invoice')) ?? '';
      const [billing] = await sap.rows('VBRK', { VBELN: document });
      const items = openItems.filter((item) => item['BELNR'] === (billing?.['BELNR'] ?? document));
      const currency = billing?.['WAERK'] ?? items[0]?.['WAERS'] ?? 'EUR';
      const open = row.locator('[data-figure="open"]');
      const balance = sum(items.map(openAmount), currency);
      const isPosted = billing === undefined || (billing['BELNR'] ?? '') !== '';
      if (isPosted) expect([document, await open.innerText()]).toEqual([document, inWords(balance)]);
      if (billing === undefined) continue;
      const gross = sum(
        [billing['NETWR'], billing['MWSBK']].map((part) => realAmount(part, currency)),
        currency,
      );
      const isCredit = ['O', 'N'].includes(billing['VBTYP'] ?? '');
      const signed = isCredit ? negative(gross) : gross;
      expect([document, await row.locator('[data-figure="amount"]').innerText()]).toEqual([document, inWords(signed)]);
      // Billed, and not in accounting yet: all of it is open.
      if (!isPosted) expect([document, await open.innerText()]).toEqual([document, inWords(signed)]);
    }
    const billed = (await sap.rows('VBRK', { KUNRG: number })).length;
    expect(rows.length).toBeGreaterThanOrEqual(Math.min(10, billed));
  });

  test('open an order to its items, deliveries with tracking, and invoices', async () => {
    await open('Nordwind Logistik GmbH');
    const orders = panel(rita.page, 'SAP Orders');
    const flow = await sap.rows('VBFA', { VBELV: partlyDelivered });
    const deliveries = [...new Set(flow.filter((row) => row['VBTYP_N'] === 'J').map((row) => row['VBELN'] ?? ''))];
    expect(deliveries.length).toBeGreaterThan(1);
    await orders.locator(`[data-number="${partlyDelivered}"]`).click();
    const detail = orders.locator(`[data-detail="${partlyDelivered}"]`);
    await detail.locator('[data-part="items"]').waitFor();
    const items = await sap.rows('VBAP', { VBELN: partlyDelivered });
    expect(await detail.locator('[data-item]').count()).toBe(items.length);
    for (const item of items) {
      const text = await detail.locator(`[data-item="${item['POSNR'] ?? ''}"]`).innerText();
      expect(text).toContain(item['ARKTX']);
      expect(text).toContain(inWords(realAmount(item['NETWR'], 'EUR')));
    }
    for (const number of deliveries) {
      const [delivery] = await sap.rows('LIKP', { VBELN: number });
      const text = await detail.locator(`[data-delivery="${number}"]`).innerText();
      if (delivery?.['BOLNR']) expect(text).toContain(delivery['BOLNR']);
      if (delivery?.['WADAT_IST']) expect(text).toContain(dayInWords(delivery['WADAT_IST']));
    }
  });

  test('say what blocks a customer, and who can lift it', async () => {
    await open('Tulip Pumps BV');
    expect(await panel(rita.page, 'SAP Credit').innerText()).toMatch(/Blocked by credit management/);
    await open('Prairie Tools Inc');
    const [general] = await sap.rows('KNA1', { KUNNR: '0000104716' });
    const [reason] = await sap.rows('TVAST', { SPRAS: 'E', AUFSP: general?.['AUFSD'] ?? '' });
    expect(await panel(rita.page, 'SAP Credit').innerText()).toContain(reason?.['VTEXT']);
  });

  test('follow from one Account to the next without a load of the page', async () => {
    await open('Nordwind Logistik GmbH');
    await rita.page.evaluate('globalThis.wasHere = true');
    await rita.page.getByRole('link', { name: 'Gulf Marine Supplies WLL' }).click();
    await rita.page.getByRole('heading', { name: 'Gulf Marine Supplies WLL' }).waitFor();
    await waitForLivePanels(rita.page);
    expect(await rita.page.evaluate('globalThis.wasHere')).toBe(true);
    expect(await panel(rita.page, 'SAP Credit').innerText()).toContain('104715');
    await rita.page.goBack();
    await rita.page.getByRole('heading', { name: 'Nordwind Logistik GmbH' }).waitFor();
  });
});
