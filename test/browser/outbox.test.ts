/** An Account that becomes a customer becomes one in SAP by itself; whatever is in the way is said, and goes once it is gone. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { startLocalProduct } from '../../scripts/start/local-product.ts';
import type { LocalProduct } from '../../scripts/start/local-product.ts';
import { expectNothingFromAxe } from './axe.ts';
import { launchBrowser, visit, waitForLivePanels } from './browser.ts';
import type { Visitor } from './browser.ts';
import { bell, credit, edit, onItsWay, patience, requests, stopped, switchFault } from './outbox-page.ts';
import { SapTables } from './sap-figures.ts';

describe('an Account that becomes a customer', () => {
  let product: LocalProduct;
  let browser: Browser;
  let sap: SapTables;
  let rita: Visitor;

  beforeAll(async () => {
    [product, browser] = await Promise.all([
      startLocalProduct({ say: () => undefined, port: 0, mayMove: true }),
      launchBrowser(),
    ]);
    sap = new SapTables(product.sapUrl);
  });
  afterAll(async () => {
    await browser.close();
    await product.close();
  });
  beforeEach(async () => {
    rita = await visit(browser, product.salesforce, 'Rita');
  });
  afterEach(async () => {
    product.sap.clearFaults();
    await rita.close();
    expect(rita.mishaps).toEqual([]);
  });

  const change = (
    work: (transaction: ReturnType<LocalProduct['salesforce']['org']['store']['begin']>) => void,
  ): void => {
    const { store, users } = product.salesforce.org;
    const transaction = store.begin(users[0]?.id ?? '');
    work(transaction);
    transaction.commit();
  };
  const newProspect = (name: string, more: Readonly<Record<string, string>> = {}): void => {
    const address = { BillingStreet: 'Kaigate 7', BillingPostalCode: '5004', BillingCity: 'Bergen' };
    const values = { Name: name, Type: 'Prospect', ...address, BillingCountryCode: 'NO', ...more };
    change((transaction) => void transaction.insert('Account', values));
  };
  const account = (name: string) => product.salesforce.org.store.rows('Account').find((row) => row['Name'] === name);
  const customersNamed = (name: string) => sap.rows('KNA1', { NAME1: name });

  test('gets its number by itself, without a reload, and the bell says so', async () => {
    const { page } = rita;
    // Long enough to be seen on its way.
    product.sap.addFault({ kind: 'slow', function: 'Z_GANGWAY_CUSTOMER_CREATE', delayMs: 4_000, times: 1 });
    newProspect('Bryggen Elektro AS');
    await rita.openAccount('Bryggen Elektro AS');
    await credit(page).getByText('Not an SAP customer yet').waitFor();
    await page.evaluate('globalThis.wasNotReloaded = true');
    await edit(page, { type: 'Customer' });
    await onItsWay(page).waitFor();
    expect(
      await credit(page)
        .getByRole('button', { name: /Create SAP customer/i })
        .count(),
    ).toBe(0);
    await requests(page)
      .getByRole('row', { name: /Create customer (Ready|Sent)/ })
      .waitFor();
    await expectNothingFromAxe(rita.page);
    await waitForLivePanels(page);
    const [created, ...more] = await customersNamed('Bryggen Elektro AS');
    expect(more).toEqual([]);
    const number = String(Number(created?.['KUNNR']));
    await page.locator('dd').filter({ hasText: number }).first().waitFor();
    await requests(page)
      .getByRole('row', { name: /Create customer Done/ })
      .waitFor();
    await bell(page, 'Notifications, 1 new').click();
    const notice = page.getByRole('region', { name: 'Notifications' }).getByRole('link');
    expect(await notice.innerText()).toMatch(new RegExp(`Bryggen Elektro AS.*${number}`));
    await expectNothingFromAxe(rita.page);
    expect(await page.evaluate('globalThis.wasNotReloaded')).toBe(true);
    expect(account('Bryggen Elektro AS')?.['SAP_Customer_Number__c']).toBe(created?.['KUNNR']);
  });

  test('is edited, followed and looked up with the keyboard alone', async () => {
    const { page } = rita;
    newProspect('Tastatur AS');
    await rita.openAccount('Tastatur AS');
    await credit(page).getByText('Not an SAP customer yet').waitFor();
    const press = async (locator: Locator, key = 'Enter'): Promise<void> => {
      for (let presses = 0; presses < 80; presses += 1) {
        if ((await locator.and(page.locator('*:focus')).count()) > 0) return page.keyboard.press(key);
        await page.keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not reach ${String(locator)}`);
    };
    const dialog = page.getByRole('dialog');
    await press(page.getByRole('button', { name: 'Edit', exact: true }));
    await dialog.getByRole('combobox', { name: 'Type' }).waitFor();
    await expectNothingFromAxe(rita.page);
    const type = dialog.getByRole('combobox', { name: 'Type' });
    const marked = (choice: string): Locator => dialog.locator('.slds-has-focus').getByText(choice, { exact: true });
    await press(type);
    await marked('Prospect').waitFor();
    await page.keyboard.press('ArrowDown');
    await marked('Customer').waitFor();
    await page.keyboard.press('Enter');
    await type.filter({ hasText: /^Customer$/ }).waitFor();
    await press(dialog.getByRole('textbox', { name: 'Phone' }), 'Enter');
    await dialog.waitFor({ state: 'detached' });
    await waitForLivePanels(page);
    await page.getByRole('button', { name: 'Edit', exact: true }).and(page.locator('*:focus')).waitFor();
    await press(requests(page).getByRole('link', { name: /^SR-/ }));
    await page.getByRole('heading', { name: /SR-/ }).waitFor();
    const details = page.getByRole('article', { name: 'Details' });
    expect(await details.innerText()).toMatch(/Create customer[\s\S]*Done/);
    await expectNothingFromAxe(rita.page);
    await press(bell(page, /^Notifications, \d new/));
    await page.getByRole('region', { name: 'Notifications' }).waitFor();
    await page.keyboard.press('Escape');
    await bell(page, 'Notifications').and(page.locator('*:focus')).waitFor();
  });

  test('tells SAP of a new phone number', async () => {
    await rita.openAccount('Svea Verktyg AB');
    await waitForLivePanels(rita.page);
    await edit(rita.page, { Phone: '+46 31 5550999' });
    await requests(rita.page)
      .getByRole('row', { name: /Change customer Done/ })
      .waitFor(patience);
    expect(await sap.rows('KNA1', { KUNNR: '0000104722' })).toMatchObject([{ TELF1: '+46 31 5550999' }]);
  });

  test('that the org refuses stays in the dialog, with the reason and what was typed', async () => {
    const { page } = rita;
    const dialog = page.getByRole('dialog');
    const { validationRules } = product.salesforce.org.store;
    validationRules.push((_object, row) => (row['Phone'] === '0' ? 'Nobody has this number.' : null));
    await rita.openAccount('Alpenglas AG');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Phone' }).fill('0');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').getByText('Nobody has this number.').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Phone' }).inputValue()).toBe('0');
    await expectNothingFromAxe(rita.page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(account('Alpenglas AG')?.['Phone']).toBe('+41 44 555020');
  });

  test('with something missing is held with words, and goes once it is corrected', async () => {
    const { page } = rita;
    newProspect('Uten By AS', { BillingCity: '' });
    await rita.openAccount('Uten By AS');
    await edit(page, { type: 'Customer' });
    await stopped(page).waitFor();
    await requests(page)
      .getByRole('row', { name: /Create customer Held .*City/is })
      .waitFor();
    await bell(page, /^Notifications, \d new/).waitFor();
    await expectNothingFromAxe(rita.page);
    await edit(page, { 'Billing City': 'Bergen' });
    await waitForLivePanels(page);
    await requests(page)
      .getByRole('row', { name: /Create customer Done/ })
      .waitFor();
    expect(await customersNamed('Uten By AS')).toHaveLength(1);
  });

  test('waits while SAP is away, says why, and comes when SAP is back', async () => {
    const { page } = rita;
    await rita.openAccount('Zephyr Robotics GmbH');
    await switchFault(page, /SAP is away/, true);
    await edit(page, { type: 'Customer' });
    await onItsWay(page).waitFor();
    await credit(page)
      .getByText(/It waits: /)
      .waitFor(patience);
    await expectNothingFromAxe(rita.page);
    await switchFault(page, /SAP is away/, false);
    await credit(page).getByText('Live', { exact: true }).waitFor(patience);
    expect(await customersNamed('Zephyr Robotics GmbH')).toHaveLength(1);
  });

  test('that SAP may know already is held, and created all the same where a person says so', async () => {
    const { page } = rita;
    await rita.openAccount('Nordwind Logistics');
    await edit(page, { type: 'Customer' });
    await stopped(page).waitFor(patience);
    expect(await credit(page).innerText()).toMatch(/may|already/i);
    await expectNothingFromAxe(rita.page);
    await credit(page)
      .getByRole('button', { name: /Create SAP customer/i })
      .click();
    await page.locator('[data-step="form"]').waitFor();
    await page.getByRole('combobox', { name: 'Sales area' }).click();
    await page.getByRole('option', { name: 'Germany, export' }).click();
    await page.locator('[data-action="continue"]').getByRole('button').click();
    await page.locator('[data-match]').first().waitFor();
    await page.locator('[data-action="create"]').getByRole('button').click();
    await page.locator('[data-step="done"]').waitFor();
    expect(await customersNamed('Nordwind Logistics')).toHaveLength(1);
  });

  test('that SAP may know already is held, and linked where a person says so', async () => {
    const { page } = rita;
    const holder = String(account('Ocean Freight Ltd')?.['Id']);
    // The Account that holds this customer so far gives it up, as after a clean-up.
    change((transaction) => transaction.update('Account', holder, { SAP_Customer_Number__c: null, Type: 'Prospect' }));
    await rita.openAccount('Ocean Freight Ltd');
    await edit(page, { type: 'Customer' });
    await stopped(page).waitFor(patience);
    await credit(page).getByRole('button', { name: /Link/ }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('104718');
    await page.getByRole('dialog').getByRole('button', { name: /^Link/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
    await waitForLivePanels(page);
    await requests(page)
      .getByRole('row', { name: /Create customer Refused/ })
      .waitFor();
    expect(account('Ocean Freight Ltd')?.['SAP_Customer_Number__c']).toBe('0000104718');
    expect(await customersNamed('Ocean Freight Ltd')).toHaveLength(1);
  });
});
