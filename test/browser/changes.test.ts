/** What changes in SAP arrives on the open page by itself; what a rule of the org refuses is held, and arrives once it is changed. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNothingFromAxe } from './axe.ts';
import { panel, waitForLivePanels } from './browser.ts';
import { patience } from './outbox-page.ts';
import { actInSap, issueRows, issuesCard, syncAddress } from './sync-page.ts';
import { WholeProduct } from './whole-product.ts';

/** The agent looks for wishes every half minute, and tells what became of them after that. */
const wishPatience = { timeout: 90_000 };
const wishTestMs = 150_000;

describe('changes of SAP', () => {
  let whole: WholeProduct;
  beforeAll(async () => {
    whole = await WholeProduct.start();
  });
  afterAll(() => whole.close());
  afterEach(() => whole.leave());

  describe('on the page of an Account', () => {
    test('arrive by themselves: panels, record and note, without a reload', async () => {
      const { page, openAccount } = await whole.come('Rita');
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
      const { page, openAccount } = await whole.come('Rita');
      await openAccount('Brasserie Lumière SA');
      await waitForLivePanels(page);
      await panel(page, 'SAP Credit').getByText('€15,000.00').first().waitFor();
      await actInSap(page, 'Change the credit limit in SAP');
      await panel(page, 'SAP Credit').getByText('€16,600.00').first().waitFor(patience);
    });

    test('leave a list as long as it has been made with Show more', async () => {
      const { page, openAccount } = await whole.come('Rita');
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
      const other = await whole.come('Milo');
      await other.openAccount('Svea Verktyg AB');
      await waitForLivePanels(other.page);
      const asked: string[] = [];
      other.page.on('request', (request) => asked.push(request.url()));
      const rita = await whole.come('Rita');
      await rita.openAccount('Sakura Seimitsu KK');
      await waitForLivePanels(rita.page);
      await actInSap(rita.page, 'Set an order block in SAP');
      await panel(rita.page, 'SAP Credit').getByText('Order block').waitFor(patience);
      expect(asked.filter((url) => url.includes('PanelController'))).toEqual([]);
    });

    test('are not listened to once the page shows no customer any more', async () => {
      const { page, openAccount } = await whole.come('Rita');
      const pages = async (): Promise<number> => {
        const answer = await fetch(`${whole.product.salesforce.url}/simulator/counts`);
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
      const { validationRules } = whole.product.salesforce.org.store;
      const rule = (_object: unknown, row: Readonly<Record<string, unknown>>): string | null =>
        row['SAP_Customer_Number__c'] === '0000104720' && row['SAP_Order_Block__c'] === '01' ? 'Ask Ines first.' : null;
      validationRules.push(rule);
      const rita = await whole.come('Rita');
      await rita.openAccount('Hansa Werft Holding AG');
      await waitForLivePanels(rita.page);
      await actInSap(rita.page, 'Set an order block in SAP');
      const { page } = await whole.come('Ines');
      await page.goto(syncAddress(whole.product.salesforce));
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
      const account = whole.product.salesforce.org.store
        .rows('Account')
        .find((row) => row['SAP_Customer_Number__c'] === '0000104720');
      expect(account?.['SAP_Order_Block__c']).toBe('01');
    },
    wishTestMs,
  );
});
