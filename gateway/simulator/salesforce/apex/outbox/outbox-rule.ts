/** What happens by itself for Accounts (OutboxRule): records of SAP Outbox Rule. */
import type { CustomMetadataRecord } from '../../org/custom-metadata.ts';
import type { Org } from '../../org/org.ts';

/** One rule, read. */
export interface OutboxRule {
  readonly createsByType: boolean;
  readonly createsOnConversion: boolean;
  readonly sendsChanges: boolean;
  readonly sendsContacts: boolean;
  readonly checksDuplicates: boolean;
  readonly salesArea: string;
  readonly paymentTerms: string;
  readonly isCustomerType: (type: unknown) => boolean;
}

/** The rule for Accounts; the simulated org has no record types, so it is the one for all others. */
export function outboxRule(org: Org): OutboxRule {
  const rules = org.metadataRecords('SAP_Outbox_Rule__mdt').filter(({ values }) => values['Active__c'] === true);
  return readRule(rules.findLast(({ values }) => (values['Record_Type__c'] ?? '') === ''));
}

function readRule(record: CustomMetadataRecord | undefined): OutboxRule {
  const values = record?.values ?? {};
  const text = (name: string): string => String(values[name] ?? '').trim();
  const types = new Set(
    text('Customer_Types__c')
      .split(';')
      .map((type) => type.trim().toLowerCase()),
  );
  types.delete('');
  return {
    createsByType: values['Create_Automatically__c'] === true,
    createsOnConversion: values['Create_On_Conversion__c'] === true,
    sendsChanges: values['Send_Changes__c'] === true,
    sendsContacts: values['Send_Contacts__c'] === true,
    checksDuplicates: values['Check_Duplicates__c'] === true,
    salesArea: text('Sales_Area__c'),
    paymentTerms: text('Payment_Terms__c'),
    isCustomerType: (type) => typeof type === 'string' && types.has(type.trim().toLowerCase()),
  };
}

/** What an admin edits in the rule so that customers are created by themselves. */
export const automaticCreation = {
  'SAP_Outbox_Rule.Default': {
    Create_Automatically__c: true,
    Create_On_Conversion__c: true,
    Customer_Types__c: 'Customer;Customer - Direct;Customer - Channel',
    Sales_Area__c: 'Germany_Direct',
  },
};
