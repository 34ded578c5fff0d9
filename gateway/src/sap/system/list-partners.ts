/**
 * Partner functions of a customer: from the ABAP pack where it has them. No released function returns them, so without
 * it they are read from their table, KNVP.
 */
import type { CustomerNumber, Partners } from '../../model/index.ts';
import { table, text } from '../answers.ts';
import { partnerRole } from '../conversion/partner-functions.ts';
import { customerList } from '../functions/customer.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { sincePartners } from './abap-pack.ts';
import { asOf, read } from './context.ts';
import type { Question } from './context.ts';
import { coded } from './customizing.ts';
import { listPackPartners } from './list-pack-partners.ts';
import { readCustomer } from './read-customer.ts';
import { readColumns } from './read-table.ts';

const columns = ['VKORG', 'VTWEG', 'SPART', 'PARVW', 'KUNN2', 'DEFPA'];
/** Names are asked for in one call; more partners than this is a hierarchy, not a list a person reads. */
const maxNames = 500;

/** Throws SAP_NOT_AUTHORIZED where SAP Basis allows neither the pack's function nor the table to be read. */
export async function listPartners(context: Question, number: CustomerNumber): Promise<Partners> {
  if (await context.pack.has(context.deadline, sincePartners)) return listPackPartners(context, number);
  return listTablePartners(context, number);
}

async function listTablePartners(context: Question, number: CustomerNumber): Promise<Partners> {
  const moment = asOf(context);
  const query = { name: 'KNVP', columns, where: { KUNNR: number } };
  const [rows, functions] = await Promise.all([
    readColumns(context, query),
    context.customizing.texts('partnerFunctions', context.deadline),
    readCustomer(context, number),
  ]);
  // Vendors, employees and contacts have no KUNN2: they are partners, but not customers.
  const customers = rows.filter((row) => (row[4] ?? '') !== '');
  const names = await readNames(
    context,
    customers.map((row) => row[4] ?? ''),
  );
  return {
    customer: { system: context.settings.system, number },
    asOf: moment,
    partners: customers.map(
      ([salesOrganization = '', distributionChannel = '', division = '', key = '', partner = '', isDefault = '']) => ({
        salesArea: { salesOrganization, distributionChannel, division },
        role: partnerRole(key),
        function: coded(key, functions),
        partner: { system: context.settings.system, number: readCustomerNumber(partner) },
        name: names.get(partner) ?? '',
        isDefault: isDefault === 'X',
      }),
    ),
  };
}

async function readNames(context: Question, numbers: readonly string[]): Promise<Map<string, string>> {
  const unique = [...new Set(numbers)].slice(0, maxNames);
  if (unique.length === 0) return new Map();
  const range = unique.map((number) => ({ SIGN: 'I', OPTION: 'EQ', LOW: number }));
  const answer = await read(context, customerList, { IDRANGE: range }, ['ADDRESSDATA']);
  return new Map(table(answer, 'ADDRESSDATA').map((row) => [text(row, 'CUSTOMER'), text(row, 'NAME')]));
}
