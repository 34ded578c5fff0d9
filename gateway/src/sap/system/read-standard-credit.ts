/** Credit without the ABAP pack: limit and receivables from the standard, and an honest list of what is not there. */
import type { Block, Credit, CreditAccount, CustomerNumber, UnavailableFigure } from '../../model/index.ts';
import { structureOf, text } from '../answers.ts';
import { money } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { customerDetail } from '../functions/customer.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { blockNatures } from '../translate/credit.ts';
import type { CreditAccountFigures } from '../translate/credit-account.ts';
import { receivablesOfItems } from '../translate/receivables.ts';
import { asOf, checkCustomerAnswer, read, today } from './context.ts';
import type { Question } from './context.ts';
import { readCreditAccounts } from './read-credit-accounts.ts';
import { readOpenItems } from './read-line-items.ts';
import { readCompanyTerms } from './read-company-terms.ts';

type Reason = UnavailableFigure['reason'];

/** What only the pack can give. */
const packFigures = [
  'exposure.openOrders',
  'exposure.openDeliveries',
  'exposure.openBilling',
  'exposure.total',
  'utilisationPercent',
  'available',
  'sharedWith',
  'blocks.salesArea',
  'paymentTerms.salesArea',
];

/** `reason` says why the pack could not be used. */
export async function readStandardCredit(context: Question, number: CustomerNumber, reason: Reason): Promise<Credit> {
  const moment = asOf(context);
  const [answer, decimals] = await Promise.all([
    read(context, customerDetail, { CUSTOMERNO: number }, []),
    context.customizing.decimals(context.deadline),
  ]);
  checkCustomerAnswer(context, customerDetail.name, answer, number);
  const [accounts, items, terms] = await Promise.all([
    readCreditAccounts(context, number, decimals),
    readOpenItems(context, number, today(context)),
    readCompanyTerms(context, number),
  ]);
  return {
    customer: { system: context.settings.system, number },
    name: text(structureOf(answer, 'CUSTOMERADDRESS'), 'NAME'),
    asOf: moment,
    accounts: accounts.found.map(({ area, figures }) => toAccount(area, figures, number, decimals)),
    receivables: receivablesOfItems(items.items, decimals),
    paymentTerms: terms,
    blocks: [
      ...(await centralBlocks(context, structureOf(answer, 'CUSTOMERGENERALDETAIL'))),
      ...creditBlocks(accounts.found),
    ],
    unavailable: [
      ...packFigures.map((figure) => ({ figure, reason })),
      ...missing(accounts.found.length === 0, 'accounts', accounts.isRefused),
      ...missing(terms.length === 0, 'paymentTerms.companyCode', false),
      ...items.refused.map((companyCode): UnavailableFigure => ({
        figure: `receivables.${companyCode}`,
        reason: 'NOT_AUTHORIZED',
      })),
    ],
  };
}

function missing(isMissing: boolean, figure: string, isRefused: boolean): UnavailableFigure[] {
  return isMissing ? [{ figure, reason: isRefused ? 'NOT_AUTHORIZED' : 'NOT_MAINTAINED_IN_SAP' }] : [];
}

function toAccount(
  area: string,
  figures: CreditAccountFigures,
  number: CustomerNumber,
  decimals: CurrencyDecimals,
): CreditAccount {
  const { currency } = figures;
  const amount = (value: CreditAccountFigures['limit']): CreditAccount['limit'] =>
    value === null ? null : money(value, currency, decimals);
  return {
    creditControlArea: { code: area, text: null },
    currency,
    creditAccount: figures.account === '' ? number : readCustomerNumber(figures.account),
    sharedWith: [],
    limit: amount(figures.limit),
    exposure: {
      receivables: amount(figures.receivables),
      openOrders: null,
      openDeliveries: null,
      openBilling: null,
      specialLiabilities: amount(figures.specialLiabilities),
      total: null,
    },
    utilisationPercent: null,
    available: null,
    riskClass: figures.riskClass === '' ? null : { code: figures.riskClass, text: null },
  };
}

function creditBlocks(accounts: readonly { readonly area: string; readonly figures: CreditAccountFigures }[]): Block[] {
  return accounts
    .filter(({ figures }) => figures.isBlocked)
    .map(({ area }) => ({
      ...blockNatures.CRBLB,
      scope: { level: 'credit-control-area', creditControlArea: area },
      reason: { code: 'X', text: null },
    }));
}

/** Central blocks with their words, where SAP lets us read those. */
async function centralBlocks(context: Question, general: Parameters<typeof text>[0]): Promise<Block[]> {
  const fields = [
    { field: 'ORDR_BLK_G', nature: blockNatures.AUFSD, texts: 'orderBlocks' },
    { field: 'DELI_BLK_G', nature: blockNatures.LIFSD, texts: 'deliveryBlocks' },
    { field: 'BILL_BLK_G', nature: blockNatures.FAKSD, texts: 'billingBlocks' },
    { field: 'PSTG_BLK_G', nature: blockNatures.SPERR, texts: undefined },
    { field: 'DEL_FLAG_G', nature: blockNatures.LOEVM, texts: undefined },
  ] as const;
  const set = fields.filter(({ field }) => text(general, field) !== '');
  return Promise.all(
    set.map(async ({ field, nature, texts }): Promise<Block> => {
      const code = text(general, field);
      const words =
        texts === undefined ? undefined : (await context.customizing.texts(texts, context.deadline)).get(code);
      return { ...nature, scope: { level: 'central' }, reason: { code, text: words || null } };
    }),
  );
}
