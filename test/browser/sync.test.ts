/** Changes of SAP on the page SAP Sync: proved to flow; what could not be written is found, tried again and thrown away. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectNothingFromAxe } from './axe.ts';
import { waitForLivePanels } from './browser.ts';
import { patience } from './outbox-page.ts';
import { holdChanges, issueRow, issuesCard, statusCard, syncAddress } from './sync-page.ts';
import { WholeProduct } from './whole-product.ts';

describe('changes of SAP on the page SAP Sync', () => {
  let whole: WholeProduct;
  beforeAll(async () => {
    whole = await WholeProduct.start();
  });
  afterAll(() => whole.close());
  afterEach(() => whole.leave());
  beforeEach(() => holdChanges(whole.product.salesforce));

  const issue = (name: string) =>
    whole.product.salesforce.org.store.rows('SAP_Sync_Issue__c').find((row) => row['Change__c'] === name);
  const press = async (page: Page, locator: Locator, key = 'Enter'): Promise<void> => {
    for (let presses = 0; presses < 80; presses += 1) {
      if ((await locator.and(page.locator('*:focus')).count()) > 0) return page.keyboard.press(key);
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${String(locator)}`);
  };

  test('are proved to flow by a test change, with what waits and what was used', async () => {
    const { page } = await whole.come('Ines');
    await page.goto(whole.product.salesforce.url);
    await page.getByRole('link', { name: 'SAP Sync' }).first().click();
    await statusCard(page).getByText('Alive', { exact: true }).waitFor(patience);
    expect(await statusCard(page).innerText()).toMatch(/Salesforce API calls today[\s\S]*of[\s\S]*Refreshes/);
    await expectNothingFromAxe(page);
  });

  test('that are held say what happened, whose it is, and what Salesforce said', async () => {
    const { page } = await whole.come('Ines');
    await page.goto(syncAddress(whole.product.salesforce));
    const row = issueRow(page, 'SC-000101');
    await row.waitFor();
    await row.getByText('What SAP or Salesforce said').click();
    await row.getByText(/FIELD_CUSTOM_VALIDATION_EXCEPTION/).waitFor();
    await expectNothingFromAxe(page);
    await issuesCard(page).getByRole('combobox', { name: 'Whose it is' }).click();
    await page.getByRole('option', { name: 'SAP key user' }).click();
    await row.waitFor({ state: 'detached' });
    await issueRow(page, 'SC-000103').waitFor();
    await issuesCard(page).getByRole('searchbox').fill('4711');
    await issuesCard(page).getByText('Nothing found').waitFor();
    await expectNothingFromAxe(page);
  });

  test('are found by the number of a document, also of a refused one, and by keys as the rows show them', async () => {
    const { page } = await whole.come('Ines');
    await page.goto(syncAddress(whole.product.salesforce));
    await issueRow(page, 'SC-000101').waitFor();
    const search = issuesCard(page).getByRole('searchbox');
    for (const [text, found, others] of [
      ['7777', 'SD-000104', 'SC-000101'],
      ['0000000000007777 (DEBMAS)', 'SD-000104', 'SC-000101'],
      ['90000321', 'SC-000103', 'SD-000104'],
    ] as const) {
      await search.fill(text);
      await issueRow(page, others).waitFor({ state: 'detached' });
      await issueRow(page, found).waitFor();
    }
  });

  test('are read and decided on a telephone without looking sideways', async () => {
    const { page } = await whole.come('Ines', { width: 390, height: 844 });
    await page.goto(syncAddress(whole.product.salesforce));
    const row = issueRow(page, 'SC-000103');
    await row.waitFor();
    for (const name of [/^Retry/, /^Discard/]) {
      const box = await row.getByRole('button', { name }).boundingBox();
      expect((box?.x ?? Infinity) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    }
    await expectNothingFromAxe(page);
    await row.getByRole('button', { name: /^Retry/ }).click();
    await row.getByText('Retry noted').waitFor();
  });

  test('are tried again and thrown away with the keyboard alone', async () => {
    const { page } = await whole.come('Ines');
    await page.goto(syncAddress(whole.product.salesforce));
    await issueRow(page, 'SC-000103').waitFor();
    await press(page, issuesCard(page).getByRole('button', { name: 'Retry SC-000103' }));
    await issuesCard(page)
      .getByText(/^Noted for 1/)
      .waitFor();
    expect(issue('SC-000103')).toMatchObject({ Wish__c: 'Retry', Wish_By__c: 'Ines Falk' });
    // The button is gone; who pressed it is still where it was.
    await issueRow(page, 'SC-000103').and(page.locator('*:focus')).waitFor();
    await press(page, issuesCard(page).getByRole('checkbox', { name: 'Select SC-000101' }), 'Space');
    await press(page, issuesCard(page).getByRole('checkbox', { name: 'Select SC-000102' }), 'Space');
    await issuesCard(page).getByText('2 selected').waitFor();
    await press(page, issuesCard(page).getByRole('button', { name: 'Discard', exact: true }));
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').waitFor();
    await expectNothingFromAxe(page);
    await press(page, dialog.getByRole('button', { name: 'Discard', exact: true }));
    await dialog
      .getByText(/Say why/)
      .first()
      .waitFor();
    await dialog.getByRole('textbox').fill('Test data of March');
    await press(page, dialog.getByRole('button', { name: 'Discard', exact: true }));
    await dialog.waitFor({ state: 'detached' });
    await issuesCard(page)
      .getByText(/^Noted for 2/)
      .waitFor();
    for (const name of ['SC-000101', 'SC-000102']) {
      expect(issue(name)).toMatchObject({ Wish__c: 'Discard', Wish_Reason__c: 'Test data of March' });
      await issueRow(page, name).getByText('Discard noted').waitFor();
    }
    await expectNothingFromAxe(page);
  });

  test('lead to the Account they are about', async () => {
    const { page } = await whole.come('Ines');
    await page.goto(syncAddress(whole.product.salesforce));
    await issueRow(page, 'SC-000101').getByRole('link', { name: 'Nordwind Logistik GmbH' }).click();
    await waitForLivePanels(page);
  });

  test('are nothing for whoever may not decide', async () => {
    const { page } = await whole.come('Rita');
    await page.goto(syncAddress(whole.product.salesforce));
    await issuesCard(page).getByText('No access').first().waitFor();
    expect(
      await issuesCard(page)
        .getByRole('button', { name: /Retry|Discard/ })
        .count(),
    ).toBe(0);
    await expectNothingFromAxe(page);
  });
});
