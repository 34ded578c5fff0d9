/** What a person finds and does on the page of an Account that becomes a customer. */
import type { Locator, Page } from 'playwright-core';
import { panel } from './browser.ts';

/** The agent waits longer after each vain attempt, and this machine may be busy. */
export const patience = { timeout: 45_000 };

/** The related list. */
export const requests = (page: Page): Locator => page.getByRole('article', { name: 'SAP Requests' });
/** The panel beside the list of orders. */
export const credit = (page: Page): Locator => panel(page, 'SAP Credit');
/** The bell, which says how many are new. */
export const bell = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
/** Nobody has to do anything. */
export const onItsWay = (page: Page): Locator => credit(page).getByText('SAP customer on its way');
/** A person has to do something. */
export const stopped = (page: Page): Locator => credit(page).getByText('Not created in SAP yet');

/** Changes the Account in the dialog behind the button Edit. */
export async function edit(
  page: Page,
  change: { readonly type?: string; readonly [label: string]: string },
): Promise<void> {
  const { type, ...texts } = change;
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog');
  if (type !== undefined) {
    await dialog.getByRole('combobox', { name: 'Type' }).click();
    await dialog.getByRole('option', { name: type, exact: true }).click();
  }
  for (const [label, text] of Object.entries(texts)) await dialog.getByRole('textbox', { name: label }).fill(text);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Switches a fault in the drawer at the foot of the page. */
export async function switchFault(page: Page, name: RegExp, isOn: boolean): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Simulated SAP' });
  if ((await drawer.getAttribute('aria-expanded')) === 'false') await drawer.click();
  await page.getByRole('checkbox', { name }).setChecked(isOn);
  await page.getByRole('checkbox', { name, checked: isOn }).waitFor();
  await drawer.click();
}
