/** Gives documents of a data file the currency that SAP would have entered by itself where the file has none. */
import type { Database } from './database.ts';
import type { TableRow } from './table.ts';

type Guess = (row: TableRow) => string | undefined;

/** What a system has that nobody told of another currency. */
const lastResort = 'EUR';

/** Fills the field in all rows that have none, with the first guess that knows one. */
function fill(database: Database, name: string, field: string, guesses: readonly Guess[]): void {
  const table = database.table(name);
  for (const row of [...table.rows()].filter((it) => it[field] === undefined)) {
    const value = guesses.map((guess) => guess(row)).find((it) => it !== undefined);
    table.update({ ...row, [field]: value ?? lastResort });
  }
}

/** Orders take the customer's currency, bills and items the one of what they come from or of their company code. */
export function completeCurrencies(database: Database): void {
  const customer: Guess = ({ KUNNR = '', VKORG = '' }) =>
    database.table('KNVV').where(['KUNNR', 'VKORG'], [KUNNR, VKORG])[0]?.WAERS;
  const salesOrganization: Guess = ({ VKORG }) => database.table('TVKO').get({ VKORG })?.WAERS;
  const companyCode: Guess = ({ BUKRS }) => database.table('T001').get({ BUKRS })?.WAERS;
  const bill: Guess = ({ VBELN }) => database.table('VBRK').get({ VBELN })?.WAERK;
  fill(database, 'VBAK', 'WAERK', [customer, salesOrganization]);
  fill(database, 'VBRK', 'WAERK', [companyCode, salesOrganization]);
  for (const table of ['BSID', 'BSAD']) fill(database, table, 'WAERS', [bill, companyCode]);
}
