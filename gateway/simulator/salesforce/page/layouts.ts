/** What the org shows of each object: the columns of its list, the highlights, the sections of the detail. */
import type { Org } from '../org/org.ts';
import { readPackageLayouts } from './package-layouts.ts';

/** One object's layout; a package field is named as in the source. */
export interface Layout {
  readonly icon: string;
  /** The list view's columns after the name. */
  readonly list: readonly string[];
  /** What stands below the name in a narrow list. */
  readonly subtitle: string;
  readonly nameField: string;
  readonly highlights: readonly string[];
  readonly sections: readonly { readonly label: string; readonly fields: readonly string[] }[];
  /** What the button Edit offers; without it there is no such button. */
  readonly edit?: readonly EditedField[];
  readonly related?: readonly RelatedLayout[];
}

/** A field of the edit dialog. */
export interface EditedField {
  readonly name: string;
  /** Values of a standard picklist, which each org has its own of. */
  readonly options?: readonly string[];
}

/** A related list. */
export interface RelatedLayout {
  readonly object: string;
  /** The field that points at the record. */
  readonly lookup: string;
  readonly columns: readonly string[];
  /** A list that says nothing while there is nothing. */
  readonly isHiddenWhenEmpty?: boolean;
  /** Which records go on by themselves: the list looks again while one does. */
  readonly movesWhile?: { readonly field: string; readonly isOneOf: readonly string[] };
}

const audit = {
  label: 'System Information',
  fields: ['OwnerId', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate'],
};

/** A list of what SAP has told, on the Account. */
const copies = (object: string, columns: readonly string[], lookup = 'Account__c'): RelatedLayout => ({
  object,
  lookup,
  columns,
  isHiddenWhenEmpty: true,
});

const layouts: Readonly<Record<string, Layout>> = {
  Account: {
    icon: 'standard:account',
    list: ['SAP_Customer_Number__c', 'BillingCity', 'BillingCountry', 'Type', 'Phone'],
    subtitle: 'BillingCity',
    nameField: 'Name',
    highlights: ['SAP_Customer_Number__c', 'Type', 'Phone', 'Website', 'OwnerId'],
    sections: [
      {
        label: 'Account Information',
        fields: ['Name', 'Type', 'Industry', 'Phone', 'Website', 'NumberOfEmployees', 'ParentId', 'Description'],
      },
      { label: 'SAP', fields: ['SAP_System__c', 'SAP_Customer_Number__c', 'SAP_Customer_Key__c'] },
      {
        label: 'From SAP',
        fields: [
          'SAP_Blocked__c',
          'SAP_Order_Block__c',
          'SAP_Delivery_Block__c',
          'SAP_Billing_Block__c',
          'SAP_Posting_Block__c',
          'SAP_Credit_Limit__c',
          'SAP_Credit_Exposure__c',
          'SAP_Credit_Currency__c',
          'SAP_Credit_Blocked__c',
          'SAP_Risk_Class__c',
          'SAP_As_Of__c',
          'SAP_Document__c',
          'SAP_Removed__c',
        ],
      },
      {
        label: 'Billing Address',
        fields: ['BillingStreet', 'BillingPostalCode', 'BillingCity', 'BillingState', 'BillingCountry'],
      },
      audit,
    ],
    edit: [
      { name: 'Name' },
      {
        name: 'Type',
        options: [
          'Prospect',
          'Customer',
          'Customer - Direct',
          'Customer - Channel',
          'Former Customer',
          'Partner',
          'Other',
        ],
      },
      { name: 'Phone' },
      { name: 'BillingStreet' },
      { name: 'BillingPostalCode' },
      { name: 'BillingCity' },
      { name: 'BillingCountryCode' },
    ],
    related: [
      {
        object: 'SAP_Request__c',
        lookup: 'Account__c',
        columns: ['Operation__c', 'Status__c', 'What_Happened__c', 'Next_Step__c'],
        movesWhile: { field: 'Status__c', isOneOf: ['ready', 'sent', 'verifying'] },
      },
      copies('SAP_Sync_Issue__c', ['State__c', 'Kind__c', 'What_Happened__c', 'Next_Step__c']),
      copies('SAP_Order__c', ['Order_Date__c', 'Net_Value__c', 'Currency_Code__c', 'Last_Confirmed_Date__c']),
      copies('SAP_Delivery__c', ['Planned_Goods_Issue__c', 'Goods_Issued__c', 'Tracking_Number__c']),
      copies('SAP_Invoice__c', ['Billing_Date__c', 'Due_Date__c', 'Gross_Value__c', 'Currency_Code__c', 'Paid__c']),
      copies('SAP_Sales_Area_Data__c', ['Payment_Terms__c', 'Incoterms__c', 'Order_Block__c', 'Delivery_Block__c']),
      copies('SAP_Partner__c', ['Partner_Function__c', 'Role__c', 'Partner_Account__c']),
      copies('Contact', ['Title', 'Email', 'Phone'], 'AccountId'),
    ],
  },
  SAP_Request__c: {
    icon: 'standard:outcome',
    list: ['Account__c', 'Operation__c', 'Status__c', 'What_Happened__c'],
    subtitle: 'Status__c',
    nameField: 'Name',
    highlights: ['Account__c', 'Operation__c', 'Status__c', 'SAP_Customer_Number__c'],
    sections: [
      {
        label: 'Request',
        fields: [
          'Name',
          'Account__c',
          'Contact__c',
          'Operation__c',
          'Status__c',
          'SAP_System__c',
          'SAP_Customer_Number__c',
          'Attempts__c',
          'Checks_Duplicates__c',
          'Change_Number__c',
        ],
      },
      { label: 'What happened', fields: ['Error_Code__c', 'What_Happened__c', 'Next_Step__c'] },
      { label: 'What a person wants', fields: ['Wish__c', 'Wish_Reason__c', 'Wish_By__c'] },
      {
        label: 'Its way',
        fields: [
          'CreatedById',
          'CreatedDate',
          'Sent_At__c',
          'Finished_At__c',
          'Key__c',
          'Correlation_Id__c',
          'Fence__c',
          'Outcome_As_Of__c',
        ],
      },
      { label: 'Content', fields: ['Payload__c', 'SAP_Messages__c'] },
    ],
  },
  Case: {
    icon: 'standard:case',
    list: ['Subject', 'AccountId', 'Status', 'Priority'],
    subtitle: 'Subject',
    nameField: 'CaseNumber',
    highlights: ['Subject', 'Status', 'Priority', 'AccountId', 'ContactId'],
    sections: [
      {
        label: 'Case Information',
        fields: ['CaseNumber', 'Subject', 'Status', 'Priority', 'Origin', 'AccountId', 'ContactId', 'Description'],
      },
      audit,
    ],
  },
  Opportunity: {
    icon: 'standard:opportunity',
    list: ['AccountId', 'StageName', 'CloseDate', 'Amount'],
    subtitle: 'StageName',
    nameField: 'Name',
    highlights: ['AccountId', 'StageName', 'CloseDate', 'Amount', 'OwnerId'],
    sections: [
      {
        label: 'Opportunity Information',
        fields: ['Name', 'AccountId', 'StageName', 'CloseDate', 'Amount', 'Probability', 'NextStep'],
      },
      audit,
    ],
  },
  Product2: {
    icon: 'standard:record',
    list: ['ProductCode', 'IsActive', 'SAP_Material_Group__c'],
    subtitle: 'ProductCode',
    nameField: 'Name',
    highlights: ['ProductCode', 'IsActive', 'SAP_Base_Unit__c'],
    sections: [
      { label: 'Product Information', fields: ['Name', 'ProductCode', 'IsActive', 'Description', 'Family'] },
      {
        label: 'From SAP',
        fields: [
          'SAP_Material_Key__c',
          'SAP_Material_Type__c',
          'SAP_Material_Group__c',
          'SAP_Base_Unit__c',
          'SAP_EAN__c',
          'SAP_Sales_Status__c',
          'SAP_As_Of__c',
          'SAP_Document__c',
          'SAP_Removed__c',
        ],
      },
      audit,
    ],
  },
  Contact: {
    icon: 'standard:contact',
    list: ['AccountId', 'Title', 'Email'],
    subtitle: 'Title',
    nameField: 'Name',
    highlights: ['Title', 'AccountId', 'Phone', 'Email'],
    sections: [{ label: 'Contact Information', fields: ['Name', 'Title', 'AccountId', 'Email', 'Phone'] }, audit],
  },
};

const plainLayout: Layout = {
  icon: 'standard:record',
  list: ['OwnerId', 'CreatedDate'],
  subtitle: 'CreatedDate',
  nameField: 'Name',
  highlights: ['OwnerId', 'CreatedDate'],
  sections: [audit],
};

const ofPackage = new WeakMap<Org, ReadonlyMap<string, Layout>>();

/** The layout of an object, whatever its namespace: ours, else the package's, else the plainest. */
export function layoutOf(org: Org, object: string): Layout {
  const name = object.replace(/^\w+?__(?=\w+__c$)/, '');
  const known = ofPackage.get(org) ?? readPackageLayouts(org.packageFolder);
  ofPackage.set(org, known);
  return layouts[name] ?? known.get(name) ?? plainLayout;
}
