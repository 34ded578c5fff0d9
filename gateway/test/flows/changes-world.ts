/** Both ends of the flow of changes in a house: screens of SAP, records of the org, and whether the two agree. */
import { once } from 'node:events';
import { request } from 'node:http';
import { z } from 'zod';
import type { House } from './house.ts';
import { readTable, until } from './stack.ts';

export type Row = Readonly<Record<string, unknown>>;

/** An IDoc as SAP's own overview (WE02) lists it. */
export interface SentIdoc {
  readonly number: string;
  readonly status: string;
  readonly text: string;
  readonly control: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const sap = (house: House, path: string, method: string, body?: object): Promise<Response> =>
  fetch(`${house.sap.url}/simulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });

/** One row, changed as if somebody sat at a screen of SAP. */
export async function edit(house: House, table: string, key: Row, set: Row): Promise<void> {
  const answer = await sap(house, `tables/${table}`, 'PATCH', { key, set });
  if (!answer.ok) throw new Error(await answer.text());
}

/** The same field again and again, each time with an IDoc of its own; SAP does not wait until they are taken. */
export async function burst(house: House, number: string, count: number): Promise<void> {
  const answer = await sap(house, 'idocs/burst', 'POST', { key: { KUNNR: number }, count, wait: false });
  if (!answer.ok) throw new Error(await answer.text());
}

/** BD87: all that SAP believes were not taken, or these. */
export async function resend(house: House, numbers?: readonly string[]): Promise<void> {
  const answer = await sap(house, 'idocs/resend', 'POST', numbers === undefined ? {} : { numbers });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Sends a document again as its output type does; resolves when the port has taken it. */
export async function sendDocument(house: House, messageType: string, number: string): Promise<void> {
  const answer = await sap(house, 'idocs/load', 'POST', { messageType, from: number, to: number, wait: true });
  if (!answer.ok) throw new Error(await answer.text());
}

export function sent(house: House): readonly SentIdoc[] {
  const idocs = house.sap.idocs?.ale.list({}) ?? [];
  return idocs.map(({ number, control, history }) => {
    const { status = '', text = '' } = history.at(-1) ?? {};
    return { number, control, status, text };
  });
}

const details = z.object({ xml: z.string(), flat: z.string() });

/** One IDoc in both of its forms. */
export const formsOf = async (house: House, number: string): Promise<z.infer<typeof details>> =>
  details.parse(await (await sap(house, `idocs/${number}`, 'GET')).json());

/** Where the agent takes IDocs. */
export function idocUrl(house: House): string {
  const port = house.sap.idocs?.ale.settings.ports['GANGWAY'];
  if (port?.kind !== 'http') throw new Error('an HTTP port was expected');
  return port.url;
}

/** Waits until the agent listens for IDocs. */
export async function listens(house: House): Promise<void> {
  const look = async (): Promise<string> => {
    const answer = await fetch(idocUrl(house)).catch(() => undefined);
    return answer?.ok === true ? 'listens' : house.words();
  };
  await until(look, (found) => found === 'listens');
}

/** Posts a document as SAP's port does. */
export async function post(house: House, body: string | Buffer, type = 'text/xml'): Promise<Answer> {
  const call = request(idocUrl(house), { method: 'POST', headers: { 'content-type': type } });
  call.end(body);
  const [response] = (await once(call, 'response')) as [NodeJS.ReadableStream & { readonly statusCode: number }];
  let text = '';
  for await (const piece of response) text += String(piece);
  return { status: response.statusCode, text };
}

export const rows = (house: House, object: string): readonly Row[] => house.org.org.store.rows(object);

export const accountsOf = (house: House, number: string): readonly Row[] =>
  rows(house, 'Account').filter((row) => row['SAP_Customer_Key__c'] === `ERPCLNT100:${number}`);

export const accountOf = (house: House, number: string): Row => accountsOf(house, number)[0] ?? {};

/** Records of the package's own objects that copy this record of SAP. */
export const keyed = (house: House, object: string, id: string): readonly Row[] =>
  rows(house, object).filter((row) => row['SAP_Key__c'] === `ERPCLNT100:${id}`);

/** How many events have told open panels to read this customer again. */
export function refreshed(house: House, number: string): number {
  const events = house.org.bus.after('SAP_Data_Changed__e', 0, 10_000);
  return events.filter(({ values }) => String(values['Customers__c']).split('\n').includes(number)).length;
}

/** Waits until a record has these values. */
export const arrived = (look: () => Row | undefined, wanted: Row): Promise<Row | undefined> =>
  until(
    () => Promise.resolve(look()),
    (row) => Object.entries(wanted).every(([field, value]) => (row?.[field] ?? null) === value),
  );

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/** What SAP says of a customer, in the fields of its Account. */
async function truthOf(house: House, numbers: readonly string[]): Promise<readonly Row[]> {
  const customers = await readTable(house.sap.url, 'KNA1');
  return numbers.map((number) => {
    const row = customers.find((one) => one['KUNNR'] === number) ?? {};
    return {
      number,
      accounts: 1,
      SAP_Order_Block__c: orNull(row['AUFSD']),
      SAP_Delivery_Block__c: orNull(row['LIFSD']),
      SAP_Billing_Block__c: orNull(row['FAKSD']),
    };
  });
}

const toldOf = (house: House, number: string): Row => {
  const account = accountOf(house, number);
  const told = (name: string): unknown => account[name] ?? null;
  return {
    number,
    accounts: accountsOf(house, number).length,
    SAP_Order_Block__c: told('SAP_Order_Block__c'),
    SAP_Delivery_Block__c: told('SAP_Delivery_Block__c'),
    SAP_Billing_Block__c: told('SAP_Billing_Block__c'),
  };
};

/** Waits until each of these customers has one Account, and that says what SAP says. */
export async function agree(house: House, numbers: readonly string[]): Promise<void> {
  const truth = JSON.stringify(await truthOf(house, numbers));
  await until(
    () => Promise.resolve({ truth, told: JSON.stringify(numbers.map((number) => toldOf(house, number))) }),
    ({ told }) => told === truth,
  );
}
