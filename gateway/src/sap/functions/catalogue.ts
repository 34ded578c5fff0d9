/** Every function module Gangway calls, by name. */
import * as pack from './abap-pack.ts';
import { billingDetail } from './billing.ts';
import { customerDetail, customerFind, customerList, customerSalesAreas } from './customer.ts';
import { deliveryList } from './delivery.ts';
import * as writes from './pack-writes.ts';
import { accountStatement, creditAccountDetail, openItems } from './receivables.ts';
import { orderDetails, orderList } from './sales-order.ts';
import type { CatalogueFunction } from './signature.ts';
import { fieldInfo, functionInterface, ping, readTable, systemInfo } from './system.ts';

const definitions: readonly CatalogueFunction[] = [
  pack.packVersion,
  pack.packCredit,
  pack.packInvoices,
  pack.packPartners,
  pack.packChanges,
  pack.packKey,
  writes.packCreate,
  writes.packChange,
  writes.packCreditChange,
  writes.packContactSave,
  billingDetail,
  customerDetail,
  customerFind,
  customerList,
  customerSalesAreas,
  deliveryList,
  accountStatement,
  creditAccountDetail,
  openItems,
  orderDetails,
  orderList,
  fieldInfo,
  functionInterface,
  ping,
  readTable,
  systemInfo,
];

/** What is known of each function without asking SAP. */
export const functionCatalogue: ReadonlyMap<string, CatalogueFunction> = new Map(
  definitions.map((definition) => [definition.name, definition]),
);
