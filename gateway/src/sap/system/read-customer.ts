/** Name, address and blocks of one customer. */
import type { Customer, CustomerNumber } from '../../model/index.ts';
import { customerDetail } from '../functions/customer.ts';
import { toCustomer } from '../translate/customer.ts';
import { asOf, checkCustomerAnswer, read } from './context.ts';
import type { Question } from './context.ts';

/** Throws SAP_CUSTOMER_UNKNOWN for a number that SAP does not have. */
export async function readCustomer(context: Question, number: CustomerNumber): Promise<Customer> {
  const moment = asOf(context);
  const answer = await read(context, customerDetail, { CUSTOMERNO: number }, []);
  checkCustomerAnswer(context, customerDetail.name, answer, number);
  return toCustomer(answer, { customer: { system: context.settings.system, number }, asOf: moment });
}
