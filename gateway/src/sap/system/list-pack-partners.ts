/** Partner functions by the ABAP pack: one call, with names and words, and no table is read. */
import type { CustomerNumber, Partners } from '../../model/index.ts';
import type { AbapParameters, AbapStructure } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import { partnerRole } from '../conversion/partner-functions.ts';
import { packPartners } from '../functions/abap-pack.ts';
import { customerSalesAreas } from '../functions/customer.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { asOf, checkCustomerAnswer, read } from './context.ts';
import type { Question } from './context.ts';

/** The pack says who a partner is by a letter; vendors, employees and contacts are partners, but not customers. */
const isCustomer = (row: AbapStructure): boolean => text(row, 'KIND') === 'K';

/** Throws SAP_CUSTOMER_UNKNOWN, and SAP_NOT_AUTHORIZED where the user may not see such customers. */
export async function listPackPartners(context: Question, number: CustomerNumber): Promise<Partners> {
  const moment = asOf(context);
  const answer = await ask(context, number, {});
  const rows = text(answer, 'E_MORE') === 'X' ? await readByArea(context, number) : table(answer, 'ET_PARTNER');
  const { system } = context.settings;
  return {
    customer: { system, number },
    asOf: moment,
    partners: rows.filter(isCustomer).map((row) => ({
      salesArea: {
        salesOrganization: text(row, 'VKORG'),
        distributionChannel: text(row, 'VTWEG'),
        division: text(row, 'SPART'),
      },
      role: partnerRole(text(row, 'PARVW')),
      function: { code: text(row, 'PARVW'), text: text(row, 'TEXT') || null },
      partner: { system, number: readCustomerNumber(text(row, 'PARTNER')) },
      name: text(row, 'NAME'),
      isDefault: text(row, 'DEFPA') === 'X',
    })),
  };
}

async function ask(context: Question, number: CustomerNumber, area: AbapParameters): Promise<AbapParameters> {
  const answer = await read(context, packPartners, { I_KUNNR: number, ...area }, ['ET_PARTNER', 'ET_RETURN']);
  checkCustomerAnswer(context, packPartners.name, answer, number);
  return answer;
}

/** A customer with more partners than one answer holds is asked about once for each of its sales areas. */
async function readByArea(context: Question, number: CustomerNumber): Promise<readonly AbapStructure[]> {
  const areas = await read(context, customerSalesAreas, { CUSTOMERNO: number }, ['SALESAREAS']);
  checkCustomerAnswer(context, customerSalesAreas.name, areas, number);
  const rows: AbapStructure[] = [];
  for (const area of table(areas, 'SALESAREAS')) {
    const wanted = {
      I_VKORG: text(area, 'SALESORG'),
      I_VTWEG: text(area, 'DISTRCHN'),
      I_SPART: text(area, 'DIVISION'),
    };
    rows.push(...table(await ask(context, number, wanted), 'ET_PARTNER'));
  }
  return rows;
}
