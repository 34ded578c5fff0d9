/** What a person finds on the page about changes of SAP, and changes that are held in the org to be found there. */
import type { Locator, Page } from 'playwright-core';
import type { SalesforceSimulator } from '../../gateway/simulator/salesforce/index.ts';

/** Where the page is. */
export const syncAddress = (org: SalesforceSimulator): string => `${org.url}/lightning/n/SAP_Sync`;
/** The card with the state of the flow. */
export const statusCard = (page: Page): Locator => page.getByRole('article', { name: 'SAP Changes', exact: true });
/** The card with what is held. */
export const issuesCard = (page: Page): Locator => page.getByRole('article', { name: 'Held SAP Changes' });
/** Rows by what stands in them. */
export const issueRows = (page: Page, text: string | RegExp): Locator =>
  page.locator('[data-issue]').filter({ hasText: text });
/** The row of one held change. */
export const issueRow = (page: Page, name: string): Locator => page.locator(`[data-issue="${name}"]`);

const refusedByRule = {
  Kind__c: 'order',
  Code__c: 'SALESFORCE_RULE_REFUSED',
  What_Happened__c: 'A validation rule of this org refused SAP Order 0000004523: "Net Value must not be empty."',
  Next_Step__c: 'Change the rule or give the integration user an exception, then retry.',
  Responsible__c: 'salesforce-admin',
  Messages__c: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Net Value must not be empty. [Net_Value__c]',
  Document__c: 'ORDRSP 0000000000001234',
};
const withoutParent = {
  Kind__c: 'invoice',
  Code__c: 'CHANGE_PARENT_MISSING',
  What_Happened__c: 'Its customer 0000104799 is not in Salesforce.',
  Next_Step__c: 'Send the customer again from SAP (BD12), or let the rule make new Accounts.',
  Responsible__c: 'sap-key-user',
  Messages__c:
    'Foreign key external ID: ERPCLNT100:0000104799 not found for field SAP_Customer_Key__c in entity Account',
  Document__c: 'INVOIC 0000000000001240',
};

const notUnderstood = {
  Kind__c: 'document',
  Code__c: 'IDOC_VALUE_INVALID',
  What_Happened__c: 'SAP sent a document that Gangway does not understand.',
  Next_Step__c: 'Correct it in SAP and send it again.',
  Responsible__c: 'sap-key-user',
  Messages__c: 'KUNNR: no customer number',
  Document__c: 'DEBMAS 0000000000007777',
  Attempts__c: 1,
};

/** Writes held changes as the agent does, in place of those that are there. */
export function holdChanges(org: SalesforceSimulator): void {
  const { store, users } = org.org;
  const before = store.rows('SAP_Sync_Issue__c').map((row) => String(row['Id']));
  const account = store.rows('Account').find((row) => row['SAP_Customer_Number__c'] === '0000104711');
  const heldAt = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const issues = [
    {
      Change__c: 'SC-000101',
      Record__c: '0000004523',
      Account__c: account?.['Id'],
      Held_At__c: heldAt(12),
      ...refusedByRule,
    },
    {
      Change__c: 'SC-000102',
      Record__c: '0000004527',
      Account__c: account?.['Id'],
      Held_At__c: heldAt(12),
      ...refusedByRule,
    },
    { Change__c: 'SC-000103', Record__c: '0090000321', Held_At__c: heldAt(190), ...withoutParent },
    { Change__c: 'SD-000104', Held_At__c: heldAt(200), ...notUnderstood },
  ];
  const transaction = store.begin(users[0]?.id ?? '');
  for (const id of before) transaction.delete('SAP_Sync_Issue__c', id);
  for (const issue of issues) {
    const values = {
      System__c: 'ERPCLNT100',
      State__c: 'Held',
      Attempts__c: 3,
      Document_Time__c: heldAt(13),
      ...issue,
    };
    transaction.insert('SAP_Sync_Issue__c', { ...values, SAP_Key__c: `ERPCLNT100:${issue.Change__c}` });
  }
  transaction.commit();
}

/** Does something in the simulated SAP, from the drawer at the foot of the page. */
export async function actInSap(page: Page, name: string): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Simulated SAP' });
  await drawer.click();
  await page.getByRole('button', { name }).click();
  await page.getByText('Done in SAP.').waitFor();
  await drawer.click();
}
