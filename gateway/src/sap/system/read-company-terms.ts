/** Payment terms per company code from the standard, found by meaning because the structure is not published. */
import type { Credit, CustomerNumber } from '../../model/index.ts';
import { structureOf, text } from '../answers.ts';
import { customerDetail } from '../functions/customer.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { read } from './context.ts';
import type { Question } from './context.ts';

/** Names under which KNB1-ZTERM is known in SAP's BAPI structures. */
const termFields = ['PMNTTRMS', 'ZTERM', 'PAYT_TERMS', 'TERMS_OF_PAYMENT'];

/** Company codes without the customer, and releases without the field, have no entry. */
export async function readCompanyTerms(context: Question, number: CustomerNumber): Promise<Credit['paymentTerms']> {
  const { companyCodes } = context.settings;
  const terms = await Promise.all(companyCodes.map((companyCode) => readTerms(context, number, companyCode)));
  return companyCodes.flatMap((companyCode, index) => {
    const code = terms[index] ?? '';
    return code === '' ? [] : [{ scope: { companyCode }, terms: { code, text: null } }];
  });
}

async function readTerms(context: Question, number: CustomerNumber, companyCode: string): Promise<string> {
  const answer = await read(context, customerDetail, { CUSTOMERNO: number, COMPANYCODE: companyCode }, []);
  if (isRefusal(messagesOf(answer))) return '';
  const detail = structureOf(answer, 'CUSTOMERCOMPANYDETAIL');
  return termFields.map((field) => text(detail, field)).find((code) => code !== '') ?? '';
}
