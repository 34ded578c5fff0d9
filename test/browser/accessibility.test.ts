/** axe finds nothing, on any page, in any dialog, in any state. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { expectNothingFromAxe } from './axe.ts';
import { launchBrowser, panel, recordAddress, visit, waitForLivePanels } from './browser.ts';
import type { Visitor } from './browser.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

describe('axe finds nothing', () => {
  let stack: Stack;
  let browser: Browser;
  let rita: Visitor;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await stack.close();
  });
  beforeEach(async () => {
    rita = await visit(browser, stack.salesforce, 'Rita');
  });
  afterEach(async () => {
    stack.sap.clearFaults();
    await rita.close();
    expect(rita.mishaps).toEqual([]);
  });

  test('on the page of a customer, with an order open', async () => {
    await rita.openAccount('Nordwind Logistik GmbH');
    await waitForLivePanels(rita.page);
    await panel(rita.page, 'SAP Orders').locator('[data-number]').first().click();
    await panel(rita.page, 'SAP Orders').locator('[data-part="items"]').waitFor();
    await expectNothingFromAxe(rita.page);
    await rita.page.getByRole('tab', { name: 'Details' }).click();
    await expectNothingFromAxe(rita.page);
  });

  test('on the page of a blocked customer', async () => {
    await rita.openAccount('Prairie Tools Inc');
    await waitForLivePanels(rita.page);
    await expectNothingFromAxe(rita.page);
  });

  test('on a prospect, and in each step of creating it', async () => {
    await rita.openAccount('Nordwind Logistics');
    await panel(rita.page, 'SAP Credit').getByText('Not an SAP customer yet').waitFor();
    await expectNothingFromAxe(rita.page);
    await rita.page.getByRole('button', { name: 'Create SAP Customer', exact: true }).click();
    await rita.page.locator('[data-step="form"]').waitFor();
    await expectNothingFromAxe(rita.page);
    await rita.page.locator('[data-action="continue"]').getByRole('button').click();
    await rita.page.locator('[data-missing]').waitFor();
    await expectNothingFromAxe(rita.page);
    await rita.page.getByRole('combobox', { name: 'Sales area' }).click();
    await rita.page.getByRole('option', { name: 'Germany, export' }).click();
    await rita.page.locator('[data-action="continue"]').getByRole('button').click();
    await rita.page.locator('[data-match]').first().waitFor();
    await expectNothingFromAxe(rita.page);
    await rita.page.locator('[data-action="create"]').getByRole('button').click();
    await rita.page.locator('[data-step="done"]').waitFor();
    await expectNothingFromAxe(rita.page);
  });

  test('with SAP away, with and without a last answer', async () => {
    await rita.openAccount('Alpenglas AG');
    await waitForLivePanels(rita.page);
    stack.sap.addFault({ kind: 'work-processes-exhausted' });
    await rita.page.reload();
    await panel(rita.page, 'SAP Credit').locator('[data-problem]').waitFor();
    await expectNothingFromAxe(rita.page);
    await rita.openAccount('Ocean Freight Ltd');
    await panel(rita.page, 'SAP Credit').locator('[data-problem]').waitFor();
    await expectNothingFromAxe(rita.page);
  });

  test('on lists, Cases and Opportunities, and with the drawer open', async () => {
    for (const object of ['Account', 'Case', 'Opportunity']) {
      await rita.page.goto(`${stack.salesforce.url}/lightning/o/${object}/list`);
      await rita.page.getByRole('table').waitFor();
      await expectNothingFromAxe(rita.page);
    }
    await rita.page.goto(recordAddress(stack.salesforce, 'Case', 'Question about the amount in yen'));
    await panel(rita.page, 'SAP Credit').getByText('Live', { exact: true }).waitFor();
    await rita.page.getByRole('button', { name: 'Simulated SAP' }).click();
    await rita.page.getByRole('checkbox').first().waitFor();
    await expectNothingFromAxe(rita.page);
  });

  test('on a narrow screen', async () => {
    await rita.page.setViewportSize({ width: 390, height: 844 });
    await rita.openAccount('Nordwind Logistik GmbH');
    await waitForLivePanels(rita.page);
    await expectNothingFromAxe(rita.page);
  });
});
