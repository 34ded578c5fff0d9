/** Z_GANGWAY_CREDIT_READ: credit accounts with exposure, receivables, terms and blocks of a customer. */
import { stored, toReal } from '../tables/currency.ts';
import type { TableRow } from '../tables/table.ts';
import { appendReceivables, mayReadItems } from './due-date.ts';
import type { FunctionCall } from './function-call.ts';
import { creditAccountOf, creditCurrency } from './organization.ts';
import { paymentTermsText, readText, riskClassText } from './texts.ts';

function sum(rows: readonly TableRow[], field: string): bigint {
  let total = 0n;
  for (const row of rows) total += stored(row, field);
  return total;
}

function appendAccount(call: FunctionCall, own: TableRow): void {
  const { account, master } = creditAccountOf(call, own);
  const area = own.KKBER ?? '';
  const currency = creditCurrency(call, area, account);
  const real = (hundredths: bigint): bigint => toReal(call.system.database, hundredths, currency);
  const orders = call.where('S066', ['KKBER', 'KNKLI'], [area, account]);
  const deliveries = call.where('S067', ['KKBER', 'KNKLI'], [area, account]);
  const parts = {
    SKFOR: real(stored(master, 'SKFOR')),
    SSOBL: real(stored(master, 'SSOBL')),
    OPEN_ORDER: real(sum(orders, 'OEIKW')),
    OPEN_DELIVERY: real(sum(deliveries, 'OLIKW')),
    OPEN_BILLING: real(sum(deliveries, 'OFAKW')),
  };
  call.append('ET_ACCOUNT', {
    KKBER: area,
    KKBTX: readText(call, 'T014T', { KKBER: area }, 'KKBTX'),
    KNKLI: account,
    WAERS: currency,
    KLIMK: real(stored(master, 'KLIMK')),
    ...parts,
    SUM_OPENS: parts.SKFOR + parts.SSOBL + parts.OPEN_ORDER + parts.OPEN_DELIVERY + parts.OPEN_BILLING,
    CTLPC: master.CTLPC,
    RTEXT: riskClassText(call, master.CTLPC ?? '', area),
  });
  appendShared(call, own, area, account);
}

/** The others on the account: those that point to it, and its owner. */
function appendShared(call: FunctionCall, own: TableRow, area: string, account: string): void {
  const members = call.where('KNKK', ['KKBER', 'KNKLI'], [area, account]).map((it) => it.KUNNR ?? '');
  const numbers = new Set([account, ...members]);
  numbers.delete(own.KUNNR ?? '');
  for (const number of [...numbers].sort()) {
    call.append('ET_SHARED', {
      KKBER: area,
      KNKLI: account,
      KUNNR: number,
      NAME1: call.get('KNA1', { KUNNR: number })?.NAME1,
    });
  }
}

interface BlockScope {
  readonly VKORG?: string | undefined;
  readonly VTWEG?: string | undefined;
  readonly SPART?: string | undefined;
  readonly BUKRS?: string | undefined;
  readonly KKBER?: string | undefined;
}

/** Text table, its key and its text, for the blocks that customizing explains. */
const blockTexts: Readonly<Record<string, readonly [string, string]>> = {
  AUFSD: ['TVAST', 'AUFSP'],
  LIFSD: ['TVLST', 'LIFSP'],
  FAKSD: ['TVFST', 'FAKSP'],
};

/** Flags without a text table; the words of the field labels. */
const flagTexts: Readonly<Record<string, readonly [string, string]>> = {
  CASSD: ['Sales support block', 'Kontaktsperre'],
  SPERR: ['Posting block', 'Buchungssperre'],
  LOEVM: ['Marked for deletion', 'Löschvormerkung'],
  CRBLB: ['Blocked by credit management', 'Durch Kreditmanagement gesperrt'],
};

function appendBlock(call: FunctionCall, row: TableRow, field: string, scope: BlockScope): void {
  const code = row[field];
  if (code === undefined) return;
  const [table, key] = blockTexts[field] ?? [];
  const [english = '', german = ''] = flagTexts[field] ?? [];
  const text = table === undefined || key === undefined ? '' : readText(call, table, { [key]: code }, 'VTEXT');
  call.append('ET_BLOCK', {
    FIELD: field,
    ...scope,
    CODE: code,
    TEXT: text || (call.language === 'D' ? german : english),
  });
}

function appendBlocks(call: FunctionCall, general: TableRow, customer: string): void {
  for (const field of ['AUFSD', 'LIFSD', 'FAKSD', 'CASSD', 'SPERR', 'LOEVM']) appendBlock(call, general, field, {});
  for (const area of call.where('KNVV', ['KUNNR'], [customer])) {
    const { VKORG, VTWEG, SPART } = area;
    for (const field of ['AUFSD', 'LIFSD', 'FAKSD', 'CASSD', 'LOEVM'])
      appendBlock(call, area, field, { VKORG, VTWEG, SPART });
  }
  for (const company of call.where('KNB1', ['KUNNR'], [customer])) {
    for (const field of ['SPERR', 'LOEVM']) appendBlock(call, company, field, { BUKRS: company.BUKRS });
  }
  for (const own of call.where('KNKK', ['KUNNR'], [customer])) {
    // The credit check looks at the account whose limit is used, so its block holds for all who share it.
    const { master } = creditAccountOf(call, own);
    appendBlock(call, own.CRBLB === undefined ? master : own, 'CRBLB', { KKBER: own.KKBER });
  }
}

function appendTerms(call: FunctionCall, customer: string): void {
  for (const { BUKRS, ZTERM } of call.where('KNB1', ['KUNNR'], [customer])) {
    if (ZTERM !== undefined) call.append('ET_TERMS', { BUKRS, ZTERM, TEXT: paymentTermsText(call, ZTERM) });
  }
  for (const { VKORG, VTWEG, SPART, ZTERM } of call.where('KNVV', ['KUNNR'], [customer])) {
    if (ZTERM !== undefined)
      call.append('ET_TERMS', { VKORG, VTWEG, SPART, ZTERM, TEXT: paymentTermsText(call, ZTERM) });
  }
}

/** Rows are never left out in silence: a sum without them would be wrong. */
function mayReadAll(call: FunctionCall, customer: string): boolean {
  const of = (table: string): readonly TableRow[] => call.where(table, ['KUNNR'], [customer]);
  return (
    of('KNB1').every(({ BUKRS = '' }) => call.hasAuthority('F_KNA1_BUK', BUKRS)) &&
    of('KNVV').every(({ VKORG, VTWEG, SPART }) => call.hasAuthority('V_KNA1_VKO', `${VKORG}/${VTWEG}/${SPART}`)) &&
    of('KNKK').every(({ KKBER = '' }) => call.hasAuthority('F_KNKA_KKB', KKBER)) &&
    mayReadItems(call, of('BSID'))
  );
}

/** Z_GANGWAY_CREDIT_READ. */
export function readGangwayCredit(call: FunctionCall): void {
  const customer = call.value('I_KUNNR');
  if (!call.hasAuthority('F_KNA1_APP', '03')) return;
  const general = call.get('KNA1', { KUNNR: customer });
  if (general === undefined) {
    return call.return(call.message('E', 'F2', '153', customer), 'ET_RETURN', { parameter: 'I_KUNNR' });
  }
  if (!mayReadAll(call, customer)) return;
  call.set('E_NAME', general.NAME1 ?? '');
  for (const own of call.where('KNKK', ['KUNNR'], [customer])) appendAccount(call, own);
  appendReceivables(call, customer);
  appendTerms(call, customer);
  appendBlocks(call, general, customer);
}
