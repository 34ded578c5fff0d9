/** Every function module the simulator executes, by name. */
import type { FunctionInterface } from '../metadata/repository.ts';
import { commitTransaction, describeSystem, echo, echoStructure, ping, rollBackTransaction } from './basis.ts';
import { checkAvailability } from './availability.ts';
import { listBillingDocuments, readBillingDocument } from './billing-documents.ts';
import { createFromReference } from './create-from-reference.ts';
import { readCreditAccount } from './credit-account.ts';
import { findCustomers } from './customer-find.ts';
import { checkCustomerExists, listCustomers, listSalesAreas, readCustomerDetail } from './customers.ts';
import { listDeliveries } from './deliveries.ts';
import type { FunctionModule } from './function-call.ts';
import { changeGangwayCustomer } from './gangway-change.ts';
import { readGangwayChanges } from './gangway-changes.ts';
import { saveGangwayContact } from './gangway-contact.ts';
import { createGangwayCustomer } from './gangway-create.ts';
import { changeGangwayCredit } from './gangway-credit-change.ts';
import { readGangwayCredit } from './gangway-credit.ts';
import { readGangwayInvoices } from './gangway-invoices.ts';
import { readGangwayKey, readGangwayVersion } from './gangway-keys.ts';
import { houseMadeModule } from './house-made-module.ts';
import { createGangwayOrder } from './gangway-order.ts';
import { readGangwayContacts, readGangwayPartners } from './gangway-partners.ts';
import { readTable } from './read-table.ts';
import { listOpenItems, listStatement, readKeyDateBalance } from './receivables.ts';
import { describeFunction, describeStructure } from './repository-functions.ts';
import { simulateSalesOrder } from './sales-order-simulate.ts';
import { readSalesOrderDetails } from './sales-order-detail.ts';
import { createQuotation, createSalesOrder } from './sales-document-create.ts';
import { listSalesOrders, readSalesOrderStatus } from './sales-order-list.ts';

const functionModules: ReadonlyMap<string, FunctionModule> = new Map<string, FunctionModule>([
  ['RFC_PING', ping],
  ['STFC_CONNECTION', echo],
  ['STFC_STRUCTURE', echoStructure],
  ['RFC_SYSTEM_INFO', describeSystem],
  ['RFC_GET_FUNCTION_INTERFACE', describeFunction],
  ['DDIF_FIELDINFO_GET', describeStructure],
  ['RFC_READ_TABLE', readTable],
  ['BAPI_CUSTOMER_GETDETAIL2', readCustomerDetail],
  ['BAPI_CUSTOMER_GETSALESAREAS', listSalesAreas],
  ['BAPI_CUSTOMER_GETLIST', listCustomers],
  ['BAPI_CUSTOMER_FIND', findCustomers],
  ['BAPI_CUSTOMER_EXISTENCECHECK', checkCustomerExists],
  ['BAPI_CUSTOMER_CREATEFROMDATA1', createFromReference],
  ['BAPI_TRANSACTION_COMMIT', commitTransaction],
  ['BAPI_TRANSACTION_ROLLBACK', rollBackTransaction],
  ['BAPI_SALESORDER_CREATEFROMDAT2', createSalesOrder],
  ['BAPI_QUOTATION_CREATEFROMDATA2', createQuotation],
  ['BAPI_SALESORDER_SIMULATE', simulateSalesOrder],
  ['BAPI_MATERIAL_AVAILABILITY', checkAvailability],
  ['BAPI_SALESORDER_GETLIST', listSalesOrders],
  ['BAPI_SALESORDER_GETSTATUS', readSalesOrderStatus],
  ['BAPISDORDER_GETDETAILEDLIST', readSalesOrderDetails],
  ['BAPI_DELIVERY_GETLIST', listDeliveries],
  ['BAPI_BILLINGDOC_GETLIST', listBillingDocuments],
  ['BAPI_BILLINGDOC_GETDETAIL', readBillingDocument],
  ['BAPI_AR_ACC_GETOPENITEMS', listOpenItems],
  ['BAPI_AR_ACC_GETSTATEMENT', listStatement],
  ['BAPI_AR_ACC_GETKEYDATEBALANCE', readKeyDateBalance],
  ['BAPI_CR_ACC_GETDETAIL', readCreditAccount],
  ['Z_GANGWAY_VERSION', readGangwayVersion],
  ['Z_GANGWAY_CREDIT_READ', readGangwayCredit],
  ['Z_GANGWAY_INVOICES_READ', readGangwayInvoices],
  ['Z_GANGWAY_CUSTOMER_CREATE', createGangwayCustomer],
  ['Z_GANGWAY_CUSTOMER_CHANGE', changeGangwayCustomer],
  ['Z_GANGWAY_CREDIT_CHANGE', changeGangwayCredit],
  ['Z_GANGWAY_CONTACT_SAVE', saveGangwayContact],
  ['Z_GANGWAY_PARTNERS_READ', readGangwayPartners],
  ['Z_GANGWAY_CONTACTS_READ', readGangwayContacts],
  ['Z_GANGWAY_ORDER_CREATE', createGangwayOrder],
  ['Z_GANGWAY_CHANGES_READ', readGangwayChanges],
  ['Z_GANGWAY_KEY_READ', readGangwayKey],
]);

/** What runs when the function is called; undefined when the simulator knows its interface only. */
export function moduleOf(iface: FunctionInterface): FunctionModule | undefined {
  return iface.houseMade === undefined ? functionModules.get(iface.name) : houseMadeModule(iface.houseMade);
}
