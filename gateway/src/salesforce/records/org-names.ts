/** Names of the package's objects and fields, under whatever namespace it is installed. */
import type { FieldDescribe, ObjectDescribe } from './object-describe.ts';

/** Objects of the package: their names in rules and mappings mean the package's, never a namesake of the org's own. */
const packaged = new Set(
  [
    'SAP_Sales_Area_Data__c',
    'SAP_Partner__c',
    'SAP_Price__c',
    'SAP_Order__c',
    'SAP_Order_Item__c',
    'SAP_Delivery__c',
    'SAP_Delivery_Item__c',
    'SAP_Invoice__c',
    'SAP_Invoice_Item__c',
  ].map((name) => name.toLowerCase()),
);

export class OrgNames {
  readonly namespace: string;

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  /** The package's own object or field, e.g. `gway__SAP_Order__c`. */
  own(name: string): string {
    return this.namespace === '' ? name : `${this.namespace}__${name}`;
  }

  /** An object as an admin wrote it. */
  object(name: string): string {
    return packaged.has(name.toLowerCase()) ? this.own(name) : name;
  }

  /** A field as an admin wrote it: the package's first, as Apex of the package reads it too. */
  field({ fields }: ObjectDescribe, name: string): FieldDescribe | undefined {
    return fields.get(this.own(name).toLowerCase()) ?? fields.get(name.toLowerCase());
  }
}
