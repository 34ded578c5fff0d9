/** Invoices of a payer, newest first: one call with the ABAP pack, or accounting's own items without it. */
import { toGatewayError } from '../../errors/index.ts';
import type { CustomerNumber, InvoicePage, InvoiceState } from '../../model/index.ts';
import type { AbapStructure, PageRequest } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import { packInvoices } from '../functions/abap-pack.ts';
import { invoiceOfPack } from '../translate/invoice.ts';
import { receivablesOfPack } from '../translate/receivables.ts';
import { asOf, checkCustomerAnswer, cursorInvalid, read } from './context.ts';
import type { Question } from './context.ts';
import { listStandardInvoices } from './list-standard-invoices.ts';

export type InvoiceFilter = Exclude<InvoiceState, 'cancelled'> | 'all';

const stateKeys: Readonly<Record<InvoiceFilter, string>> = { all: '', open: 'O', overdue: 'D', paid: 'P' };

/** Throws SAP_CUSTOMER_UNKNOWN for a number that SAP does not have. */
export async function listInvoices(
  context: Question,
  number: CustomerNumber,
  state: InvoiceFilter,
  page: PageRequest,
): Promise<InvoicePage> {
  const pack = await context.pack.state(context.deadline);
  if (pack !== 'present') {
    const reason = pack === 'missing' ? 'ABAP_PACK_MISSING' : 'NOT_AUTHORIZED';
    return listStandardInvoices(context, number, { ...page, state }, reason);
  }
  try {
    return await listPackInvoices(context, number, state, page);
  } catch (thrown) {
    if (toGatewayError(thrown).code !== 'SAP_FUNCTION_MISSING') throw thrown;
    context.pack.noteMissing();
    // Throws where nothing may stand in for it.
    await context.pack.state(context.deadline);
    return listStandardInvoices(context, number, { ...page, state }, 'ABAP_PACK_MISSING');
  }
}

async function listPackInvoices(
  context: Question,
  number: CustomerNumber,
  state: InvoiceFilter,
  page: PageRequest,
): Promise<InvoicePage> {
  const moment = asOf(context);
  const parameters = {
    I_KUNNR: number,
    I_STATE: stateKeys[state],
    // One more than asked for tells whether there is a next page.
    I_MAX: String(page.limit + 1),
    I_BEFORE: positionOf(page.cursor),
  };
  const [answer, decimals] = await Promise.all([
    read(context, packInvoices, parameters, ['ET_INVOICE', 'ET_RECEIVABLE', 'ET_RETURN']),
    context.customizing.decimals(context.deadline),
  ]);
  checkCustomerAnswer(context, packInvoices.name, answer, number);
  const rows = table(answer, 'ET_INVOICE');
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    customer: { system: context.settings.system, number },
    asOf: moment,
    invoices: shown.map((row) => invoiceOfPack(row, decimals)),
    receivables: receivablesOfPack(table(answer, 'ET_RECEIVABLE'), decimals),
    next: rows.length > page.limit && last !== undefined ? cursorAfter(last) : null,
    unavailable: [],
  };
}

/** Date, document, company code, fiscal year: accounting numbers its documents per company code and year. */
function cursorAfter(row: AbapStructure): string {
  return ['FKDAT', 'VBELN', 'BUKRS', 'GJAHR'].map((field) => text(row, field)).join('.');
}

/** SAP wants the parts of our cursor joined, each in its full width. */
function positionOf(cursor: string | undefined): string {
  if (cursor === undefined) return '';
  const match = /^(\d{8})\.([A-Z0-9]{1,10})\.([A-Z0-9_]{0,4})\.(\d{4})$/.exec(cursor);
  if (match === null) throw cursorInvalid();
  const [, date = '', document = '', companyCode = '', year = ''] = match;
  return `${date}${document.padEnd(10)}${companyCode.padEnd(4)}${year}`;
}
