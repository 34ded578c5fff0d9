/** The credit accounts of a customer from the standard, one call per credit control area. */
import { toGatewayError } from '../../errors/index.ts';
import type { CustomerNumber } from '../../model/index.ts';
import { structureOf } from '../answers.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { creditAccountDetail } from '../functions/receivables.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { readCreditAccount } from '../translate/credit-account.ts';
import type { CreditAccountFigures } from '../translate/credit-account.ts';
import { read } from './context.ts';
import type { Question } from './context.ts';
import type { Dictionary } from './dictionaries.ts';

export interface CreditAccounts {
  readonly found: readonly { readonly area: string; readonly figures: CreditAccountFigures }[];
  /** SAP did not let us look. */
  readonly isRefused: boolean;
}

const creditStructure = 'BAPI1010_6';
const refusals: ReadonlySet<string> = new Set(['SAP_NOT_AUTHORIZED', 'SAP_FUNCTION_MISSING']);

/** A control area in which the customer has no account is not an error: SAP answers E, we go on. */
export async function readCreditAccounts(
  context: Question,
  number: CustomerNumber,
  decimals: CurrencyDecimals,
): Promise<CreditAccounts> {
  const { creditControlAreas = [], companyCodes } = context.settings;
  const areas = creditControlAreas.length > 0 ? creditControlAreas : companyCodes;
  try {
    const dictionary = await context.dictionaries.of(creditStructure, context.deadline);
    const answers = await Promise.all(
      areas.map((area) => readAccount(context, area, number, { dictionary, decimals })),
    );
    const found = areas.flatMap((area, index) => {
      const figures = answers[index];
      return figures === undefined ? [] : [{ area, figures }];
    });
    return { found, isRefused: false };
  } catch (thrown) {
    if (!refusals.has(toGatewayError(thrown).code)) throw thrown;
    return { found: [], isRefused: true };
  }
}

/** What the bare figures need to mean something. */
interface Meaning {
  readonly dictionary: Dictionary;
  readonly decimals: CurrencyDecimals;
}

/** The limit belongs to the credit account, which may be another customer's: then that one is read. */
async function readAccount(
  context: Question,
  area: string,
  customer: string,
  { dictionary, decimals }: Meaning,
): Promise<CreditAccountFigures | undefined> {
  const parameters = { CREDITCONTROLAREA: area, CUSTOMER: customer };
  const answer = await read(context, creditAccountDetail, parameters, []);
  if (isRefusal(messagesOf(answer))) return undefined;
  const figures = readCreditAccount(structureOf(answer, 'CREDIT_ACCOUNT_DETAIL'), dictionary, decimals);
  // Without a currency no figure means anything.
  if (figures.currency === '') return undefined;
  if (figures.account === '' || figures.account === customer) return figures;
  const owner = await read(context, creditAccountDetail, { ...parameters, CUSTOMER: figures.account }, []);
  if (isRefusal(messagesOf(owner))) return figures;
  const shared = readCreditAccount(structureOf(owner, 'CREDIT_ACCOUNT_DETAIL'), dictionary, decimals);
  // Limit, figures and risk class are those of the account that the credit check looks at.
  return {
    ...shared,
    account: figures.account,
    isBlocked: figures.isBlocked || shared.isBlocked,
  };
}
