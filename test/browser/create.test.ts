/** A prospect becomes an SAP customer: once, whoever asks and whatever gets lost. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, panel, visit, waitForLivePanels } from './browser.ts';
import type { Visitor } from './browser.ts';
import { SapTables } from './sap-figures.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

const dialog = (page: Page) => page.getByRole('dialog');
const step = (page: Page, name: string) => page.locator(`[data-step="${name}"]`);
const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).getByRole('button');

/** Chooses the sales area; the form takes the rest from it. */
async function chooseSalesArea(page: Page): Promise<void> {
  await dialog(page).getByRole('combobox', { name: 'Sales area' }).click();
  await dialog(page).getByRole('option', { name: 'Germany, export' }).click();
}

/** Fills what the Account does not say and goes on to where the intent is sent. */
async function fillAndCreate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create SAP Customer', exact: true }).click();
  await step(page, 'form').waitFor();
  await chooseSalesArea(page);
  await action(page, 'continue').click();
  // With possible duplicates the rep is asked first; without, the request is on its way.
  const answered = await Promise.race([
    step(page, 'matches')
      .waitFor()
      .then(() => 'matches'),
    step(page, 'progress')
      .waitFor()
      .then(() => 'progress'),
    step(page, 'done')
      .waitFor()
      .then(() => 'done'),
  ]);
  if (answered === 'matches') await action(page, 'create').click();
}

describe('creating an SAP customer', () => {
  let stack: Stack;
  let browser: Browser;
  let sap: SapTables;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
    sap = new SapTables(stack.sap.url);
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

  const newProspect = (name: string): void => {
    const { store, users } = stack.salesforce.org;
    const transaction = store.begin(users[0]?.id ?? '');
    const address = {
      BillingStreet: 'Strandgaten 1',
      BillingPostalCode: '5004',
      BillingCity: 'Bergen',
      BillingCountryCode: 'NO',
      BillingCountry: 'Norway',
    };
    transaction.insert('Account', { Name: name, Type: 'Prospect', ...address });
    transaction.commit();
  };

  const numberOf = (name: string): unknown =>
    stack.salesforce.org.store.rows('Account').find((row) => row['Name'] === name)?.['SAP_Customer_Number__c'];

  test('gives one number to two reps who press the button in two browsers', async () => {
    const [rita, milo] = await Promise.all([come('Rita'), come('Milo')]);
    await Promise.all([rita.openAccount('Fjordlys Energi AS'), milo.openAccount('Fjordlys Energi AS')]);
    await Promise.all([fillAndCreate(rita.page), fillAndCreate(milo.page)]);
    await Promise.all([step(rita.page, 'done').waitFor(), step(milo.page, 'done').waitFor()]);
    const created = await sap.rows('KNA1', { NAME1: 'Fjordlys Energi AS' });
    expect(created).toHaveLength(1);
    const shown = String(Number(created[0]?.['KUNNR']));
    expect(await dialog(rita.page).innerText()).toContain(shown);
    expect(await dialog(milo.page).innerText()).toContain(shown);
    expect(numberOf('Fjordlys Energi AS')).toBe(created[0]?.['KUNNR']);
    await rita.page.getByRole('button', { name: 'Close', exact: true }).last().click();
    await waitForLivePanels(rita.page);
    expect(
      await rita.page.locator('[data-field="SAP_Customer_Number__c"], dd').filter({ hasText: shown }).count(),
    ).toBeGreaterThan(0);
  });

  test('works with the keyboard alone', async () => {
    newProspect('Keyboard Kontor GmbH');
    const rita = await come('Rita');
    await rita.openAccount('Keyboard Kontor GmbH');
    await panel(rita.page, 'SAP Credit').getByText('Not an SAP customer yet').waitFor();
    const { keyboard } = rita.page;
    const focused = async (): Promise<string> => {
      const element = rita.page.locator('*:focus');
      if ((await element.count()) === 0) return '';
      return (await element.getAttribute('aria-label')) ?? (await element.innerText());
    };
    const tabTo = async (text: string | RegExp): Promise<void> => {
      for (let presses = 0; presses < 80; presses += 1) {
        if ((await focused()).trim().match(text) !== null) return;
        await keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not reach ${String(text)}`);
    };
    await tabTo(/^Create SAP Customer$/);
    await keyboard.press('Enter');
    await step(rita.page, 'form').waitFor();
    await tabTo(/sales area/i);
    // As a person does: the next key when the list is there, and when it has gone.
    const choices = rita.page.getByRole('option').first();
    await keyboard.press('Enter');
    await choices.waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await choices.waitFor({ state: 'hidden' });
    await tabTo(/^Continue$/);
    await keyboard.press('Enter');
    await rita.page.locator('[data-step="matches"], [data-step="done"]').first().waitFor();
    if (await step(rita.page, 'matches').isVisible()) {
      await tabTo(/none of these/i);
      await keyboard.press('Enter');
    }
    await step(rita.page, 'done').waitFor();
    await tabTo(/^Close$/);
    await keyboard.press('Enter');
    await dialog(rita.page).waitFor({ state: 'detached' });
    expect(numberOf('Keyboard Kontor GmbH')).toMatch(/^\d{10}$/);
    // The frame gives the focus back once the page behind the dialog can be reached again.
    await rita.page.getByRole('button', { name: 'Create SAP Customer' }).and(rita.page.locator('*:focus')).waitFor();
  });

  test('names everything that is missing before anything is sent', async () => {
    newProspect('Nobody Knows Ltd');
    const rita = await come('Rita');
    await rita.openAccount('Nobody Knows Ltd');
    await rita.page.getByRole('button', { name: 'Create SAP Customer', exact: true }).click();
    await step(rita.page, 'form').waitFor();
    await dialog(rita.page).getByRole('textbox', { name: 'City' }).fill('');
    await action(rita.page, 'continue').click();
    const missing = await rita.page.locator('[data-missing]').innerText();
    expect(missing).toMatch(/city/i);
    expect(missing).toMatch(/sales area/i);
    expect(
      stack.salesforce.org.store.rows('SAP_Request__c').some((row) => String(row['Payload__c']).includes('Nobody')),
    ).toBe(false);
  });

  test('offers the duplicate that SAP already has, and links it', async () => {
    const rita = await come('Rita');
    const { store, users } = stack.salesforce.org;
    // The Account that holds this customer so far gives it up, as after a clean-up.
    const holder = store.rows('Account').find((row) => row['Name'] === 'Nordwind Logistik GmbH');
    const transaction = store.begin(users[0]?.id ?? '');
    transaction.update('Account', String(holder?.['Id']), { SAP_Customer_Number__c: null });
    transaction.commit();
    await rita.openAccount('Nordwind Logistics');
    await rita.page.getByRole('button', { name: 'Create SAP Customer', exact: true }).click();
    await step(rita.page, 'form').waitFor();
    await chooseSalesArea(rita.page);
    await action(rita.page, 'continue').click();
    const match = rita.page.locator('[data-match="0000104711"]');
    await match.waitFor();
    expect(await match.innerText()).toMatch(/Nordwind Logistik GmbH/);
    await match.getByRole('button').click();
    await step(rita.page, 'done').waitFor();
    expect(numberOf('Nordwind Logistics')).toBe('0000104711');
    expect(await sap.rows('KNA1', { NAME1: 'Nordwind Logistics' })).toHaveLength(0);
  });

  test("shows SAP's own message when SAP refuses", async () => {
    newProspect('Refusal Rederi AS');
    // A region that SAP's customizing does not know is refused by SAP, not by the form.
    const rita = await come('Rita');
    await rita.openAccount('Refusal Rederi AS');
    await rita.page.getByRole('button', { name: 'Create SAP Customer', exact: true }).click();
    await step(rita.page, 'form').waitFor();
    await dialog(rita.page)
      .getByRole('textbox', { name: /^Country/ })
      .fill('ZZ');
    await chooseSalesArea(rita.page);
    await action(rita.page, 'continue').click();
    await rita.page.locator('[data-step="matches"], [data-problem]').first().waitFor();
    if (await step(rita.page, 'matches').isVisible()) await action(rita.page, 'create').click();
    const problem = rita.page.locator('[data-problem="SAP_REFUSED"]');
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(/ZZ/);
    expect(await sap.rows('KNA1', { NAME1: 'Refusal Rederi AS' })).toHaveLength(0);
  });

  test('finds the one number again when the answer was lost after the commit', async () => {
    newProspect('Lost Answer AS');
    stack.sap.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_CUSTOMER_CREATE', times: 1 });
    const rita = await come('Rita');
    await rita.openAccount('Lost Answer AS');
    await fillAndCreate(rita.page);
    await step(rita.page, 'done').waitFor();
    const created = await sap.rows('KNA1', { NAME1: 'Lost Answer AS' });
    expect(created).toHaveLength(1);
    expect(numberOf('Lost Answer AS')).toBe(created[0]?.['KUNNR']);
  });
});
