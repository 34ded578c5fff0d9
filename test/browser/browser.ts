/** Chromium as a person uses it, and everything that must never happen on a page. */
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { SalesforceSimulator } from '../../gateway/simulator/salesforce/index.ts';

/** The Chromium that the tests drive. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    // The tests run as root in containers, where Chromium's own sandbox cannot be set up.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });

/** One person at one browser. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong on the page so far: script errors, failed answers. */
  readonly mishaps: string[];
  /** Opens the page of a record by the name it has in the list beside it. */
  openAccount(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Where something is in the org. */
export function recordAddress(org: SalesforceSimulator, object: string, name: string): string {
  const row = org.org.store.rows(object).find((one) => [one['Name'], one['CaseNumber'], one['Subject']].includes(name));
  if (row === undefined) throw new Error(`The org has no ${object} ${name}`);
  return `${org.url}/lightning/r/${object}/${String(row['Id'])}/view`;
}

/** Somebody of the org at a fresh browser. */
export async function visit(
  browser: Browser,
  org: SalesforceSimulator,
  firstName: string,
  viewport = { width: 1440, height: 1000 },
): Promise<Visitor> {
  const user = org.org.users.find(({ name }) => name.startsWith(`${firstName} `));
  if (user === undefined) throw new Error(`The org has no ${firstName}`);
  const context = await browser.newContext({ viewport, locale: 'en-US', timezoneId: 'Europe/Berlin' });
  await context.addCookies([{ name: 'gangway_user', value: user.id, url: org.url }]);
  const page = await context.newPage();
  const mishaps: string[] = [];
  page.on('pageerror', (error) => mishaps.push(`script error: ${error.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 500) mishaps.push(`${answer.status()} ${answer.url()}`);
  });
  return {
    context,
    page,
    mishaps,
    openAccount: async (name) => {
      await page.goto(recordAddress(org, 'Account', name));
    },
    close: () => context.close(),
  };
}

/** The panel with this heading. */
export const panel = (page: Page, heading: 'SAP Credit' | 'SAP Orders' | 'SAP Invoices') =>
  page.getByRole('article', { name: heading });

/** Resolves when the three panels show live data. */
export async function waitForLivePanels(page: Page): Promise<void> {
  for (const heading of ['SAP Credit', 'SAP Orders', 'SAP Invoices'] as const) {
    await panel(page, heading).getByText('Live', { exact: true }).waitFor();
  }
}

/**
 * The texts of all elements found. Not `allInnerTexts`: that looks from within the page, where each component hides
 * what is inside it.
 */
export const textsOf = async (found: Locator): Promise<string[]> =>
  Promise.all((await found.all()).map((element) => element.innerText()));
