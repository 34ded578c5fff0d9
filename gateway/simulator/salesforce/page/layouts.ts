/** What the org shows of each object: the columns of its list, the highlights, the sections of the detail. */

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
}

const audit = {
  label: 'System Information',
  fields: ['OwnerId', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate'],
};

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
        label: 'Billing Address',
        fields: ['BillingStreet', 'BillingPostalCode', 'BillingCity', 'BillingState', 'BillingCountry'],
      },
      audit,
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

/** The layout of an object; one without its own gets the plainest. */
export const layoutOf = (object: string): Layout => layouts[object] ?? plainLayout;
