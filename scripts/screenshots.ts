/** Makes the README's pictures in docs/images from the running product: `node scripts/screenshots.ts`. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, panel, visit, waitForLivePanels } from '../test/browser/browser.ts';
import type { Visitor } from '../test/browser/browser.ts';
import { actInSap, issueRows, issuesCard, statusCard, syncAddress } from '../test/browser/sync-page.ts';
import { startStack } from '../test/browser/stack.ts';
import type { Stack } from '../test/browser/stack.ts';
import { projectRoot } from './project.ts';
import { runProgram } from './run-program.ts';
import { startLocalProduct } from './start/local-product.ts';
import type { LocalProduct } from './start/local-product.ts';

const folder = join(projectRoot, 'docs/images');
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

const save = async (page: Page, name: string): Promise<void> => {
  // Nothing half-way: fonts are there, nothing moves, the mouse is nowhere.
  await page.mouse.move(0, 0);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  console.log(`docs/images/${name}.png`);
};

async function customerPages(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.openAccount('Nordwind Logistik GmbH');
  await waitForLivePanels(page);
  await save(page, 'account');
  const orders = panel(page, 'SAP Orders');
  await orders.locator('[data-number="0000004523"]').click();
  await orders.locator('[data-part="items"]').waitFor();
  await orders.locator('[data-order="0000004523"]').scrollIntoViewIfNeeded();
  await page.evaluate('window.scrollBy(0, 420)');
  await save(page, 'order');
  await visitor.openAccount('Tulip Pumps BV');
  await waitForLivePanels(page);
  await save(page, 'blocked');
}

async function createPages(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.openAccount('Nordwind Logistics');
  await panel(page, 'SAP Credit').getByText('Not an SAP customer yet').waitFor();
  await save(page, 'prospect');
  await page.getByRole('button', { name: 'Create SAP Customer', exact: true }).click();
  await page.locator('[data-step="form"]').waitFor();
  await page.getByRole('combobox', { name: 'Sales area' }).click();
  await page.getByRole('option', { name: 'Germany, export' }).click();
  await save(page, 'create');
  await page.locator('[data-action="continue"]').getByRole('button').click();
  await page.locator('[data-match]').first().waitFor();
  await save(page, 'create-duplicates');
  await page.locator('[data-action="create"]').getByRole('button').click();
  await page.locator('[data-step="done"]').waitFor();
  await save(page, 'create-done');
}

async function sapAway(visitor: Visitor, stack: Stack): Promise<void> {
  const { page } = visitor;
  await visitor.openAccount('Alpenglas AG');
  await waitForLivePanels(page);
  stack.sap.addFault({ kind: 'cut-before-commit' });
  await page.reload();
  await panel(page, 'SAP Invoices').locator('[data-problem]').waitFor();
  await panel(page, 'SAP Credit').locator('[data-problem]').waitFor();
  await save(page, 'stale');
  stack.sap.clearFaults();
}

async function onPhone(browser: Browser, stack: Stack): Promise<void> {
  const visitor = await visit(browser, stack.salesforce, 'Rita', phone);
  await visitor.openAccount('Nordwind Logistik GmbH');
  await waitForLivePanels(visitor.page);
  await panel(visitor.page, 'SAP Credit').scrollIntoViewIfNeeded();
  await panel(visitor.page, 'SAP Credit').evaluate('(element) => element.scrollIntoView()');
  await save(visitor.page, 'phone');
  await visitor.close();
}

/** In the dialog behind Edit, as in the tour. */
async function makeCustomer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Customer', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Close', exact: true }).click();
}

/** The page for SAP Basis about what was just done; the agent writes it down once a minute. */
async function dayInSap(page: Page, agentFile: string): Promise<void> {
  const file = join(tmpdir(), 'gangway-day.html');
  const usage = ['gateway/src/main.ts', 'usage', '--config', agentFile, '--html', file];
  for (let minutes = 0; minutes < 2; minutes += 1) {
    const { output } = await runProgram(process.execPath, usage, { cwd: projectRoot });
    if (output.includes('Z_GANGWAY_CUSTOMER_CREATE')) break;
    await page.waitForTimeout(61_000);
  }
  await page.goto(`file://${file}`);
  await save(page, 'day-in-sap');
}

/** Two changes of SAP that a rule of the org refuses, on the page that says so; then one of them in SAP's and Salesforce's words. */
async function heldChanges(browser: Browser, product: LocalProduct): Promise<void> {
  const { validationRules } = product.salesforce.org.store;
  validationRules.push((_object, row) =>
    row['SAP_Order_Block__c'] === '01' ? 'Blocks need an approval first.' : null,
  );
  const visitor = await visit(browser, product.salesforce, 'Ines', desktop);
  const { page } = visitor;
  try {
    for (const name of ['Alpenglas AG', 'Hansa Werft Holding AG']) {
      await visitor.openAccount(name);
      await waitForLivePanels(page);
      await actInSap(page, 'Set an order block in SAP');
    }
    await page.goto(syncAddress(product.salesforce));
    // With its next test change the agent reports how many are held.
    const reported = statusCard(page).locator('[data-figure="held"]').getByText('2', { exact: true });
    await reported.waitFor({ timeout: 120_000 });
    await issueRows(page, 'Alpenglas AG').waitFor();
    await issueRows(page, 'Hansa Werft Holding AG').waitFor();
    await save(page, 'sync');
    await issueRows(page, 'Alpenglas AG').getByText('What SAP or Salesforce said').click();
    await issuesCard(page).getByRole('checkbox', { name: 'Select all on this page' }).click();
    await issuesCard(page).getByText('2 selected').waitFor();
    await save(page, 'issue');
  } finally {
    validationRules.pop();
    await visitor.close();
  }
}

async function byItself(browser: Browser): Promise<void> {
  const product = await startLocalProduct({ say: () => undefined, port: 0, mayMove: true });
  const visitor = await visit(browser, product.salesforce, 'Rita', desktop);
  const { page } = visitor;
  const requests = page.getByRole('article', { name: 'SAP Requests' });
  try {
    await visitor.openAccount('Nordwind Logistics');
    await makeCustomer(page);
    await panel(page, 'SAP Credit').getByText('Not created in SAP yet').waitFor();
    await requests.getByText('Held', { exact: true }).waitFor();
    await requests.scrollIntoViewIfNeeded();
    await page.evaluate('window.scrollBy(0, 60)');
    await save(page, 'held');
    // Long enough for a picture of the way.
    product.sap.addFault({ kind: 'slow', function: 'Z_GANGWAY_CUSTOMER_CREATE', delayMs: 6_000, times: 1 });
    await visitor.openAccount('Zephyr Robotics GmbH');
    await page.getByRole('button', { name: 'Notifications, 1 new' }).click();
    await page.keyboard.press('Escape');
    await makeCustomer(page);
    await panel(page, 'SAP Credit').getByText('SAP customer on its way').waitFor();
    await save(page, 'on-its-way');
    await waitForLivePanels(page);
    await page.getByRole('button', { name: 'Notifications, 1 new' }).click();
    await save(page, 'arrived');
    await dayInSap(page, product.agentFile);
    await heldChanges(browser, product);
  } finally {
    await visitor.close();
    await product.close();
  }
}

mkdirSync(folder, { recursive: true });
const stack = await startStack();
const browser = await launchBrowser();
try {
  await byItself(browser);
  const rita = await visit(browser, stack.salesforce, 'Rita', desktop);
  await customerPages(rita);
  await createPages(rita);
  await sapAway(rita, stack);
  await rita.close();
  await onPhone(browser, stack);
} finally {
  await browser.close();
  await stack.close();
}
