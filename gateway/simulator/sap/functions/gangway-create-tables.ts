/** IT_PARTNERS and IT_TAX of Z_GANGWAY_CUSTOMER_CREATE: what the pack refuses, and the rows they become. */
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import type { FunctionCall } from './function-call.ts';
import { isInCheckTable } from './organization.ts';

/** The functions every sales area needs; they become the customer itself unless another is given. */
const ownFunctions = ['AG', 'RE', 'RG', 'WE'];

type Refuse = (parameter: string, field: string, number: string, ...variables: string[]) => void;

function areaText({ VKORG = '', VTWEG = '', SPART = '' }: Row): string {
  return `${VKORG}/${VTWEG}/${SPART}`;
}

const initial = /^0*$/;
const given = (value: string | undefined): boolean => value !== undefined && !initial.test(value);

function checkPartner(call: FunctionCall, row: Row, refuse: Refuse): void {
  const { PARVW = '', KUNN2 = '' } = row;
  const area = areaText(call.structure('IS_SALES'));
  if (PARVW === '') refuse('IT_PARTNERS', 'PARVW', '004', 'PARVW');
  // TPART stands for TPAR, which it explains.
  else if (!isInCheckTable(call, 'TPART', 'PARVW', PARVW)) refuse('IT_PARTNERS', 'PARVW', '005', 'PARVW', PARVW);
  if (areaText(row) !== '//' && areaText(row) !== area) refuse('IT_PARTNERS', 'VKORG', '017', areaText(row), area);
  const numbers = [row.KUNN2, row.LIFNR, row.PERNR, row.PARNR].filter(given);
  if (numbers.length > 1 || (PARVW === 'AG' && numbers.length > 0))
    return refuse('IT_PARTNERS', 'PARVW', '020', PARVW, numbers.join(' '));
  if (given(KUNN2) && call.get('KNA1', { KUNNR: KUNN2 }) === undefined)
    refuse('IT_PARTNERS', 'KUNN2', '005', 'KUNN2', KUNN2);
}

function checkTaxes(call: FunctionCall, refuse: Refuse): void {
  const seen = new Set<string>();
  for (const { ALAND = '', TATYP = '', TAXKD = '' } of call.tableInput('IT_TAX')) {
    for (const [field, value] of Object.entries({ ALAND, TATYP, TAXKD }))
      if (value === '') refuse('IT_TAX', field, '004', field);
      else if (field === 'ALAND' && !isInCheckTable(call, 'T005', 'LAND1', value))
        refuse('IT_TAX', field, '005', field, value);
    if (seen.has(`${ALAND} ${TATYP}`)) refuse('IT_TAX', 'TATYP', '021', ALAND, TATYP);
    seen.add(`${ALAND} ${TATYP}`);
  }
}

/** Reports what is wrong with both tables; true when nothing is. */
export function checkCreateTables(call: FunctionCall): boolean {
  let isGood = true;
  const refuse: Refuse = (parameter, field, number, ...variables) => {
    isGood = false;
    call.return(call.message('E', 'ZGANGWAY', number, ...variables), 'ET_RETURN', { parameter, field });
  };
  const partners = call.tableInput('IT_PARTNERS');
  for (const row of partners) checkPartner(call, row, refuse);
  const soldTo = partners.filter((it) => it.PARVW === 'AG');
  for (const { PARVW = '' } of soldTo.slice(1)) refuse('IT_PARTNERS', 'PARVW', '021', 'PARVW', PARVW);
  checkTaxes(call, refuse);
  return isGood;
}

/** KNVP without the sales area: function, counter and whoever it is. */
export function partnerRows(call: FunctionCall, customer: string): readonly TableRow[] {
  const counters = new Map<string, number>();
  const rows = call.tableInput('IT_PARTNERS').map((row): TableRow => {
    const { PARVW = '' } = row;
    const counter = counters.get(PARVW) ?? 0;
    counters.set(PARVW, counter + 1);
    const party = ['LIFNR', 'PERNR', 'PARNR'].filter((field) => given(row[field]));
    const who = Object.fromEntries(party.map((field) => [field, row[field]]));
    const isCustomer = party.length === 0;
    return {
      PARVW,
      PARZA: String(counter).padStart(3, '0'),
      ...(isCustomer ? { KUNN2: given(row.KUNN2) ? row.KUNN2 : customer } : who),
      DEFPA: row.DEFPA,
    };
  });
  const own = ownFunctions.filter((it) => !counters.has(it));
  return [...own.map((PARVW) => ({ PARVW, PARZA: '000', KUNN2: customer })), ...rows];
}

/** KNVI: what was given, and for the categories that nobody gave the classification of the pack's customizing. */
export function taxRows(call: FunctionCall, country: string, categories: readonly string[]): readonly TableRow[] {
  const wanted = call.tableInput('IT_TAX').map(({ ALAND, TATYP, TAXKD }) => ({ ALAND, TATYP, TAXKD }));
  const missing = categories.filter((TATYP) => !wanted.some((it) => it.ALAND === country && it.TATYP === TATYP));
  return [...wanted, ...missing.map((TATYP) => ({ ALAND: country, TATYP, TAXKD: '1' }))];
}
