/** What the admin has set up in custom metadata: the SAP system, sales areas, payment terms. */
import type { CustomMetadataRecord } from '../org/custom-metadata.ts';
import type { Org } from '../org/org.ts';
import { because } from './problem.ts';
import type { Labels } from './problem.ts';

const textOf = (record: CustomMetadataRecord | undefined, field: string): string =>
  String(record?.values[field] ?? '').trim();

/** The certificate that signs writes; empty while the admin has named none. */
export function signingCertificateOf(org: Org): string {
  const setting = org.metadataRecords('SAP_Setting__mdt').find(({ developerName }) => developerName === 'Default');
  return textOf(setting, 'Signing_Certificate__c');
}

/** One sales area to choose. */
export interface SalesArea {
  readonly developerName: string;
  readonly label: string;
  readonly salesOrganization: string;
  readonly distributionChannel: string;
  readonly division: string;
  readonly companyCode: string;
  readonly paymentTerms: string;
  readonly currencyCode: string;
  readonly accountGroup: string;
  readonly creditControlArea: string;
  readonly riskClass: string;
}

/** The SAP system new customers are created in; null when nobody has said. */
export function defaultSystemOf(org: Org): string | null {
  const setting = org.metadataRecords('SAP_Setting__mdt').find(({ developerName }) => developerName === 'Default');
  return textOf(setting, 'SAP_System__c').toUpperCase() || null;
}

/** The same, or the problem that it is missing. */
export function defaultSystem(org: Org, labels: Labels): string {
  const system = defaultSystemOf(org);
  if (system === null) throw because(labels, 'SALESFORCE_SETTING_MISSING');
  return system;
}

/** The sales areas reps may choose, in the order of their labels. */
export const salesAreas = (org: Org): SalesArea[] =>
  org.metadataRecords('SAP_Sales_Area__mdt').map((record) => ({
    developerName: record.developerName,
    label: record.label,
    salesOrganization: textOf(record, 'Sales_Organization__c'),
    distributionChannel: textOf(record, 'Distribution_Channel__c'),
    division: textOf(record, 'Division__c'),
    companyCode: textOf(record, 'Company_Code__c'),
    paymentTerms: textOf(record, 'Payment_Terms__c'),
    currencyCode: textOf(record, 'Currency_Code__c'),
    accountGroup: textOf(record, 'Account_Group__c'),
    creditControlArea: textOf(record, 'Credit_Control_Area__c'),
    riskClass: textOf(record, 'Risk_Class__c'),
  }));

/** One sales area by developer name. */
export const salesArea = (org: Org, developerName: string | null | undefined): SalesArea | undefined =>
  salesAreas(org).find((area) => area.developerName === developerName);

/** The payment terms reps may choose, in the order of their codes. */
export const paymentTerms = (org: Org): { value: string; label: string }[] =>
  org
    .metadataRecords('SAP_Payment_Terms__mdt')
    .map((record) => ({ value: textOf(record, 'Code__c'), label: record.label }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
