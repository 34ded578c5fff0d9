/** What changes in SAP arrives on the open page by itself; what could not be written is found, tried again and thrown away. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { startLocalProduct } from '../../scripts/start/local-product.ts';
import type { LocalProduct } from '../../scripts/start/local-product.ts';
import { launchBrowser, panel, visit, waitForLivePanels } from './browser.ts';
import type { Visitor } from './browser.ts';
import { patience } from './outbox-page.ts';
import { actInSap, holdChanges, issueRow, issueRows, issuesCard, statusCard, syncAddress } from './sync-page.ts';

/** The agent looks for wishes every half minute, and tells what became of them after that. */
const wishPatience = { timeout: 90_000 };
const wishTestMs = 150_000;

describe('changes of SAP', () => {
  let product: LocalProduct;
  let browser: Browser;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    [product, browser] = await Promise.all([
      startLocalProduct({ say: () => undefined, port: 0, mayMove: true }),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await product.close();
  });
  afterEach(async () => {
    const mishaps = visitors.flatMap((visitor) => visitor.mishaps);
    await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
    expect(mishaps).toEqual([]);
  });

  const come = async (firstName: string, viewport?: { width: number; height: number }): Promise<Visitor> => {
    const visitor = await visit(browser, product.salesforce, firstName, viewport);
    visitors.push(visitor);
    return visitor;
  };
  const expectNothingFromAxe = async (page: Page): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ).toEqual([]);
  };
  const issue = (name: string) =>
    product.salesforce.org.store.rows('SAP_Sync_Issue__c').find((row) => row['Change__c'] === name);
  const press = async (page: Page, locator: Locator, key = 'Enter'): Promise<void> => {
    for (let presses = 0; presses < 80; presses += 1) {
      if ((await locator.and(page.locator('*:focus')).count()) > 0) return page.keyboard.press(key);
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${String(locator)}`);
  };

  describe('on the page of an Account', () => {
    test('arrive by themselves: panels, record and note, without a reload', async () => {
      const { page, openAccount } = await come('Rita');
      await openAccount('Alpenglas AG');
      await waitForLivePanels(page);
      expect(await panel(page, 'SAP Credit').getByText('Order block').count()).toBe(0);
      await page.evaluate('globalThis.wasNotReloaded = true');
      await actInSap(page, 'Set an order block in SAP');
      await panel(page, 'SAP Credit').getByText('Order block').waitFor(patience);
      const note = page.getByRole('article', { name: 'Values from SAP' });
      await note.getByText(/Brought by DEBMAS \d{16}/).waitFor(patience);
      await note.getByText('just now').first().waitFor();
      await page.getByRole('tab', { name: 'Details' }).click();
      await page.locator('dd').filter({ hasText: /^01$/ }).first().waitFor(patience);
      await expectNothingFromAxe(page);
      expect(await page.evaluate('globalThis.wasNotReloaded')).toBe(true);
    });

    test('of the credit limit arrive with the new limit', async () => {
      const { page, openAccount } = await come('Rita');
      await openAccount('Brasserie Lumière SA');
      await waitForLivePanels(page);
      await panel(page, 'SAP Credit').getByText('€15,000.00').first().waitFor();
      await actInSap(page, 'Change the credit limit in SAP');
      await panel(page, 'SAP Credit').getByText('€16,600.00').first().waitFor(patience);
    });

    test('leave a list as long as it has been made with Show more', async () => {
      const { page, openAccount } = await come('Rita');
      await openAccount('Nordwind Logistik GmbH');
      await waitForLivePanels(page);
      const orders = panel(page, 'SAP Orders').locator('tr[data-order]');
      await panel(page, 'SAP Orders').getByRole('button', { name: 'Show more' }).click();
      await orders.nth(10).waitFor();
      const shown = await orders.count();
      const again = page.waitForResponse(
        (answer) =>
          (answer.request().postData() ?? '').includes('"orders"') &&
          answer.request().postData()?.includes('cursor') === true,
      );
      await actInSap(page, 'Set an order block in SAP');
      await again;
      await panel(page, 'SAP Orders').getByText('Live', { exact: true }).waitFor(patience);
      expect(await orders.count()).toBe(shown);
    });

    test('of one customer make no other page read', async () => {
      const other = await come('Milo');
      await other.openAccount('Svea Verktyg AB');
      await waitForLivePanels(other.page);
      const asked: string[] = [];
      other.page.on('request', (request) => asked.push(request.url()));
      const rita = await come('Rita');
      await rita.openAccount('Sakura Seimitsu KK');
      await waitForLivePanels(rita.page);
      await actInSap(rita.page, 'Set an order block in SAP');
      await panel(rita.page, 'SAP Credit').getByText('Order block').waitFor(patience);
      expect(asked.filter((url) => url.includes('PanelController'))).toEqual([]);
    });

    test('are not listened to once the page shows no customer any more', async () => {
      const { page, openAccount } = await come('Rita');
      const pages = async (): Promise<number> => {
        const answer = await fetch(`${product.salesforce.url}/simulator/counts`);
        return ((await answer.json()) as { pages: number }).pages;
      };
      const waitForPages = async (count: number): Promise<void> => {
        while ((await pages()) !== count) await page.waitForTimeout(50);
      };
      const before = await pages();
      await openAccount('Alpenglas AG');
      await waitForLivePanels(page);
      await waitForPages(before + 1);
      await page.getByRole('link', { name: 'Accounts', exact: true }).click();
      await page.getByRole('heading', { name: 'All Accounts' }).waitFor();
      await waitForPages(before);
    });
  });

  test(
    'that a rule of the org refuses are held with its words, and arrive once it is changed and they are tried again',
    async () => {
      const { validationRules } = product.salesforce.org.store;
      const rule = (_object: unknown, row: Readonly<Record<string, unknown>>): string | null =>
        row['SAP_Customer_Number__c'] === '0000104720' && row['SAP_Order_Block__c'] === '01' ? 'Ask Ines first.' : null;
      validationRules.push(rule);
      const rita = await come('Rita');
      await rita.openAccount('Hansa Werft Holding AG');
      await waitForLivePanels(rita.page);
      await actInSap(rita.page, 'Set an order block in SAP');
      const { page } = await come('Ines');
      await page.goto(syncAddress(product.salesforce));
      const held = issueRows(page, 'Hansa Werft Holding AG');
      await held.waitFor(patience);
      expect(await held.innerText()).toMatch(/Customer 104720[\s\S]*Salesforce admin[\s\S]*DEBMAS \d{16}/);
      await held.getByText('What SAP or Salesforce said').click();
      await held
        .getByText(/Ask Ines first\./)
        .first()
        .waitFor();
      await expectNothingFromAxe(page);
      validationRules.splice(validationRules.indexOf(rule), 1);
      await held.getByRole('button', { name: /^Retry/ }).click();
      await held.waitFor({ state: 'detached', ...wishPatience });
      await issuesCard(page).getByRole('combobox', { name: 'State' }).click();
      await page.getByRole('option', { name: /^Solved/ }).click();
      await issueRows(page, 'Hansa Werft Holding AG').waitFor();
      const account = product.salesforce.org.store
        .rows('Account')
        .find((row) => row['SAP_Customer_Number__c'] === '0000104720');
      expect(account?.['SAP_Order_Block__c']).toBe('01');
    },
    wishTestMs,
  );

  describe('on the page SAP Sync', () => {
    beforeEach(() => holdChanges(product.salesforce));

    test('are proved to flow by a test change, with what waits and what was used', async () => {
      const { page } = await come('Ines');
      await page.goto(product.salesforce.url);
      await page.getByRole('link', { name: 'SAP Sync' }).first().click();
      await statusCard(page).getByText('Alive', { exact: true }).waitFor(patience);
      expect(await statusCard(page).innerText()).toMatch(/Salesforce API calls today[\s\S]*of[\s\S]*Refreshes/);
      await expectNothingFromAxe(page);
    });

    test('that are held say what happened, whose it is, and what Salesforce said', async () => {
      const { page } = await come('Ines');
      await page.goto(syncAddress(product.salesforce));
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
      const { page } = await come('Ines');
      await page.goto(syncAddress(product.salesforce));
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
      const { page } = await come('Ines', { width: 390, height: 844 });
      await page.goto(syncAddress(product.salesforce));
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
      const { page } = await come('Ines');
      await page.goto(syncAddress(product.salesforce));
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
      const { page } = await come('Ines');
      await page.goto(syncAddress(product.salesforce));
      await issueRow(page, 'SC-000101').getByRole('link', { name: 'Nordwind Logistik GmbH' }).click();
      await waitForLivePanels(page);
    });

    test('are nothing for whoever may not decide', async () => {
      const { page } = await come('Rita');
      await page.goto(syncAddress(product.salesforce));
      await issuesCard(page).getByText('No access').first().waitFor();
      expect(
        await issuesCard(page)
          .getByRole('button', { name: /Retry|Discard/ })
          .count(),
      ).toBe(0);
      await expectNothingFromAxe(page);
    });
  });
});
