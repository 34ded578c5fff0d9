/** Line items of accounts receivable over all company codes: what is open now, or everything of a period. */
import { toGatewayError } from '../../errors/index.ts';
import type { CustomerNumber } from '../../model/index.ts';
import type { AbapParameters } from '../../ports/index.ts';
import { table } from '../answers.ts';
import { accountStatement, openItems } from '../functions/receivables.ts';
import type { FunctionDefinition } from '../functions/signature.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { readLineItems } from '../translate/line-items.ts';
import type { LineItem } from '../translate/line-items.ts';
import { isAboutCustomers, read } from './context.ts';
import type { Question } from './context.ts';

export interface LineItems {
  readonly items: readonly LineItem[];
  /** Company codes that SAP did not let us read. */
  readonly refused: readonly string[];
}

/** Items open on `today`. */
export function readOpenItems(context: Question, number: CustomerNumber, today: string): Promise<LineItems> {
  return readEach(context, openItems, { CUSTOMER: number, KEYDATE: today }, today);
}

/** Items posted in the period, open and cleared. */
export function readStatement(
  context: Question,
  number: CustomerNumber,
  period: { readonly from: string; readonly to: string },
  today: string,
): Promise<LineItems> {
  const parameters = { CUSTOMER: number, DATE_FROM: period.from, DATE_TO: period.to };
  return readEach(context, accountStatement, parameters, today);
}

async function readEach(
  context: Question,
  definition: FunctionDefinition,
  parameters: AbapParameters,
  today: string,
): Promise<LineItems> {
  const { companyCodes } = context.settings;
  const answers = await Promise.all(
    companyCodes.map((code) => readOne(context, definition, { COMPANYCODE: code, ...parameters }, today)),
  );
  return {
    items: answers.flatMap((items) => items ?? []),
    refused: companyCodes.filter((_code, index) => answers[index] === undefined),
  };
}

/** None where the customer is not known to this company code; undefined where SAP refuses for another reason. */
async function readOne(
  context: Question,
  definition: FunctionDefinition,
  parameters: AbapParameters,
  today: string,
): Promise<readonly LineItem[] | undefined> {
  try {
    const answer = await read(context, definition, parameters, ['LINEITEMS']);
    const messages = messagesOf(answer);
    if (!isRefusal(messages)) return readLineItems(table(answer, 'LINEITEMS'), today);
    return isAboutCustomers(messages) ? [] : undefined;
  } catch (thrown) {
    if (toGatewayError(thrown).code !== 'SAP_NOT_AUTHORIZED') throw thrown;
    return undefined;
  }
}
