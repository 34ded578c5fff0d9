/** What people see who may see less, and what everybody sees when SAP is away. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, panel, recordAddress, visit, waitForLivePanels } from './browser.ts';
import type { Visitor } from './browser.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

const headings = ['SAP Credit', 'SAP Orders', 'SAP Invoices'] as const;

describe('a panel', () => {
  let stack: Stack;
  let browser: Browser;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await stack.close();
  });
  afterEach(async () => {
    stack.sap.clearFaults();
    const gone = visitors.splice(0);
    await Promise.all(gone.map((visitor) => visitor.close()));
    expect(gone.flatMap((visitor) => visitor.mishaps)).toEqual([]);
  });

  const come = async (firstName: string): Promise<Visitor> => {
    const visitor = await visit(browser, stack.salesforce, firstName);
    visitors.push(visitor);
    return visitor;
  };

  test('keeps the last answer when SAP is away, with its age, and says so', async () => {
    const rita = await come('Rita');
    await rita.openAccount('Alpenglas AG');
    await waitForLivePanels(rita.page);
    const available = panel(rita.page, 'SAP Credit').locator('[data-figure="available"]');
    const seenLive = await available.innerText();
    stack.sap.addFault({ kind: 'cut-before-commit' });
    await rita.page.reload();
    for (const heading of headings) {
      await panel(rita.page, heading).locator('[data-problem]').waitFor();
      expect(await panel(rita.page, heading).getByText('Live', { exact: true }).count()).toBe(0);
      expect(await panel(rita.page, heading).locator('[data-as-of]').count()).toBe(1);
    }
    expect(await available.innerText()).toBe(seenLive);
    stack.sap.clearFaults();
    await panel(rita.page, 'SAP Credit')
      .getByRole('button', { name: /Refresh/ })
      .click();
    await panel(rita.page, 'SAP Credit').getByText('Live', { exact: true }).waitFor();
    expect(await panel(rita.page, 'SAP Credit').locator('[data-problem]').count()).toBe(0);
  });

  test('says what to do when SAP is away and nothing was seen before', async () => {
    stack.sap.addFault({ kind: 'work-processes-exhausted' });
    const rita = await come('Rita');
    await rita.openAccount('Ocean Freight Ltd');
    const problem = panel(rita.page, 'SAP Credit').locator('[data-problem]');
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(/SM50/);
  });

  test('hides amounts, and nothing else, from people without the permission', async () => {
    const sam = await come('Sam');
    await sam.openAccount('Nordwind Logistik GmbH');
    await waitForLivePanels(sam.page);
    for (const heading of headings) {
      expect(await panel(sam.page, heading).innerText()).not.toMatch(/€\s?\d|\d\s?€|EUR\s?\d/);
    }
    expect(await panel(sam.page, 'SAP Orders').locator('[data-order]').count()).toBe(10);
  });

  test('never lets an amount reach the browser of somebody without the permission', async () => {
    const sam = await come('Sam');
    const bodies: string[] = [];
    sam.page.on('response', (answer) => {
      if (answer.url().includes('/api/apex/')) void answer.text().then((text) => bodies.push(text));
    });
    await sam.openAccount('Nordwind Logistik GmbH');
    await waitForLivePanels(sam.page);
    expect(bodies.length).toBeGreaterThan(2);
    expect(bodies.filter((body) => /\\"amount\\":\\"/.test(body))).toEqual([]);
  });

  test('offers creating to whom may create, and only to them', async () => {
    const [rita, sam] = await Promise.all([come('Rita'), come('Sam')]);
    await Promise.all([rita.openAccount('Zephyr Robotics GmbH'), sam.openAccount('Zephyr Robotics GmbH')]);
    const offer = (visitor: Visitor) =>
      panel(visitor.page, 'SAP Credit').getByRole('button', { name: /Create SAP customer/i });
    await offer(rita).waitFor();
    await panel(sam.page, 'SAP Credit').getByText('Not an SAP customer yet').waitFor();
    expect(await offer(sam).count()).toBe(0);
  });

  test('tells somebody without access to the Account so, on a Case they may see', async () => {
    const nora = await come('Nora');
    await nora.page.goto(recordAddress(stack.salesforce, 'Case', 'Copy of an invoice needed'));
    for (const heading of headings) {
      await panel(nora.page, heading)
        .getByText(/no access/i)
        .first()
        .waitFor();
      expect(await panel(nora.page, heading).innerText()).not.toMatch(/€/);
    }
    await nora.openAccount('Nordwind Logistik GmbH');
    await nora.page.getByRole('heading', { name: 'No access' }).waitFor();
  });

  test('shows the figures of the Account on its Case and its Opportunity', async () => {
    const rita = await come('Rita');
    for (const [object, name] of [
      ['Case', 'Second part of our order has not arrived'],
      ['Opportunity', 'Nordwind: conveyor line Hamburg'],
    ] as const) {
      await rita.page.goto(recordAddress(stack.salesforce, object, name));
      await panel(rita.page, 'SAP Credit').getByText('Live', { exact: true }).waitFor();
      expect(await panel(rita.page, 'SAP Credit').innerText()).toContain('104711');
    }
  });

  test('shows two people in two browsers what each may see', async () => {
    const [rita, sam] = await Promise.all([come('Rita'), come('Sam')]);
    await Promise.all([rita.openAccount('Alpenglas AG'), sam.openAccount('Alpenglas AG')]);
    await Promise.all([waitForLivePanels(rita.page), waitForLivePanels(sam.page)]);
    expect(await panel(rita.page, 'SAP Credit').innerText()).toMatch(/CHF/);
    expect(await panel(sam.page, 'SAP Credit').innerText()).not.toMatch(/CHF\s?\d/);
  });

  test('the drawer makes SAP misbehave and behave again', async () => {
    const rita = await come('Rita');
    await rita.openAccount('Gulf Marine Supplies WLL');
    await waitForLivePanels(rita.page);
    await rita.page.getByRole('button', { name: 'Simulated SAP' }).click();
    await rita.page.getByRole('checkbox', { name: /SAP is away/ }).check();
    const refresh = panel(rita.page, 'SAP Credit').getByRole('button', { name: /Refresh/ });
    await refresh.click();
    await panel(rita.page, 'SAP Credit').locator('[data-problem]').waitFor();
    await rita.page.getByRole('checkbox', { name: /SAP is away/ }).uncheck();
    await refresh.click();
    await panel(rita.page, 'SAP Credit').getByText('Live', { exact: true }).waitFor();
  });
});
