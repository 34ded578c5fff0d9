/** What changes of SAP are called by people: kinds of records, whose a held change is, groups of values. */
import CLEARING from '@salesforce/label/c.Facet_Clearing';
import ADDRESS from '@salesforce/label/c.Facet_Address';
import CREDIT from '@salesforce/label/c.Facet_Credit';
import MASTER from '@salesforce/label/c.Facet_Master';
import STATUS from '@salesforce/label/c.Facet_Status';
import DOCUMENT_RECORD from '@salesforce/label/c.Issues_Document_Record';
import KIND_CONTACT from '@salesforce/label/c.Kind_Contact';
import KIND_CUSTOMER from '@salesforce/label/c.Kind_Customer';
import KIND_DELIVERY from '@salesforce/label/c.Kind_Delivery';
import KIND_DELIVERY_ITEM from '@salesforce/label/c.Kind_Delivery_Item';
import KIND_DOCUMENT from '@salesforce/label/c.Kind_Document';
import KIND_INVOICE from '@salesforce/label/c.Kind_Invoice';
import KIND_INVOICE_ITEM from '@salesforce/label/c.Kind_Invoice_Item';
import KIND_ORDER from '@salesforce/label/c.Kind_Order';
import KIND_ORDER_ITEM from '@salesforce/label/c.Kind_Order_Item';
import KIND_PARTNER from '@salesforce/label/c.Kind_Partner';
import KIND_PRICE from '@salesforce/label/c.Kind_Price';
import KIND_PRODUCT from '@salesforce/label/c.Kind_Product';
import KIND_SALES_AREA from '@salesforce/label/c.Kind_Sales_Area';
import OWNER_GANGWAY from '@salesforce/label/c.Owner_Gangway';
import OWNER_NOBODY from '@salesforce/label/c.Owner_Nobody';
import OWNER_OPERATOR from '@salesforce/label/c.Owner_Operator';
import OWNER_SALESFORCE_ADMIN from '@salesforce/label/c.Owner_Salesforce_Admin';
import OWNER_SAP_BASIS from '@salesforce/label/c.Owner_Sap_Basis';
import OWNER_SAP_KEY_USER from '@salesforce/label/c.Owner_Sap_Key_User';
import OWNER_USER from '@salesforce/label/c.Owner_User';
import { displayNumber, fill } from 'c/sapFormat';

const kinds: ReadonlyMap<string, string> = new Map([
    ['product', KIND_PRODUCT],
    ['customer', KIND_CUSTOMER],
    ['sales-area', KIND_SALES_AREA],
    ['partner', KIND_PARTNER],
    ['contact', KIND_CONTACT],
    ['price', KIND_PRICE],
    ['order', KIND_ORDER],
    ['order-item', KIND_ORDER_ITEM],
    ['delivery', KIND_DELIVERY],
    ['delivery-item', KIND_DELIVERY_ITEM],
    ['invoice', KIND_INVOICE],
    ['invoice-item', KIND_INVOICE_ITEM],
    ['document', KIND_DOCUMENT],
]);

const owners: ReadonlyMap<string, string> = new Map([
    ['salesforce-admin', OWNER_SALESFORCE_ADMIN],
    ['sap-key-user', OWNER_SAP_KEY_USER],
    ['sap-basis', OWNER_SAP_BASIS],
    ['operator', OWNER_OPERATOR],
    ['user', OWNER_USER],
    ['gangway', OWNER_GANGWAY],
    ['nobody', OWNER_NOBODY],
]);

const facets: ReadonlyMap<string, string> = new Map([
    ['master', MASTER],
    ['address', ADDRESS],
    ['status', STATUS],
    ['credit', CREDIT],
    ['clearing', CLEARING],
]);

/** A newer agent may know kinds, people and groups that this page does not: they keep their own names. */
const wordOf = (words: ReadonlyMap<string, string>, code: string | undefined): string =>
    code === undefined ? '' : (words.get(code) ?? code);

/** What kind of record it is. */
export const kindWord = (kind: string | undefined): string => wordOf(kinds, kind);

/** Who can do something about it. */
export const ownerWord = (owner: string | undefined): string => wordOf(owners, owner);

/** Which values belong together. */
export const facetWord = (facet: string): string => wordOf(facets, facet);

/** Everybody who can be responsible, as options of a filter. */
export const ownerOptions: readonly { readonly label: string; readonly value: string }[] = [...owners].map(
    ([value, label]) => ({ label, value }),
);

/** SAP's keys of a record as its users write them. */
export const recordWord = (record: string | undefined): string =>
    (record ?? '').split('/').map(displayNumber).join(' / ');

/** A document of SAP, number first: what is searched for in SAP's own lists. It may have come without a type. */
export function documentWord(document: string | undefined): string {
    const [number = '', ...types] = (document ?? '').trim().split(/\s+/).reverse();
    return types.length === 0 ? number : fill(DOCUMENT_RECORD, number, types.reverse().join(' '));
}

/** What a held change is about: a record, or a document that could not be understood and names none. */
export const subjectWord = ({ kind, record, document }: Gangway.SyncIssueView): string =>
    `${kindWord(kind)} ${kind === 'document' ? documentWord(document) : recordWord(record)}`;
