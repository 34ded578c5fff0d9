/** Writes through the pack's functions as a foreign client would: key, content and fence beside the function's own data. */
import { call, fields, rowsOf, textOf } from './soap-caller.ts';

export interface PackKey {
  readonly key?: string;
  readonly content?: string;
  readonly fence?: string;
  readonly testRun?: boolean;
}

/** An org id's length, then the request's key. */
export const orgKey = (key: string, org = '00D5g000004GANGEAW'): string => `${org}:${key}`;

export interface Saved {
  /** `E 011` and its like, in the order SAP gave them. */
  readonly messages: readonly string[];
  readonly variables: readonly string[];
  readonly contact: string;
  readonly customer: string;
  readonly isRepeat: boolean;
}

/** Parameters every writing function takes. */
export function keyFields({ key = orgKey('1'), content = 'a', fence = '', testRun = false }: PackKey): string {
  return fields({
    I_EXTERNAL_KEY: key,
    I_CONTENT: content.padEnd(64, '0'),
    I_FENCE: fence,
    I_TESTRUN: testRun ? 'X' : '',
  });
}

/** Calls a writing function and reads what all of them answer. */
export async function save(url: string, functionName: string, key: PackKey, parameters: string): Promise<Saved> {
  const answer = await call(url, functionName, `${keyFields(key)}${parameters}<ET_RETURN/>`);
  const rows = rowsOf(answer, 'ET_RETURN') ?? [];
  return {
    messages: rows.map((row) => `${row['TYPE']} ${row['NUMBER']}`),
    variables: rows.flatMap((row) => [row['MESSAGE_V1'] ?? '', row['MESSAGE_V2'] ?? '']),
    contact: textOf(answer, 'E_PARNR') ?? '',
    customer: textOf(answer, 'E_KUNNR') ?? '',
    isRepeat: textOf(answer, 'E_REPEATED') === 'X',
  };
}

export interface ContactWish extends PackKey {
  readonly customer?: string;
  /** The contact person to change; a new one unless given. */
  readonly contact?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly marks?: readonly string[];
}

/** Z_GANGWAY_CONTACT_SAVE. */
export function saveContact(url: string, wish: ContactWish): Promise<Saved> {
  const { customer = '0000104711', contact = '', values = { NAME1: 'Åström' }, marks = [] } = wish;
  const flags = Object.fromEntries(marks.map((field) => [field, 'X']));
  const parameters =
    fields({ I_KUNNR: customer, I_PARNR: contact }) +
    `<IS_CONTACT>${fields(values)}</IS_CONTACT><ISX_CONTACT>${fields(flags)}</ISX_CONTACT>`;
  return save(url, 'Z_GANGWAY_CONTACT_SAVE', wish, parameters);
}

export interface CreditWish extends PackKey {
  readonly customer?: string;
  readonly area?: string;
  readonly riskClass?: string;
  readonly limit?: string;
  readonly currency?: string;
}

/** Z_GANGWAY_CREDIT_CHANGE; what is not given is not marked. */
export function changeCredit(url: string, wish: CreditWish): Promise<Saved> {
  const { customer = '0000104711', area = '1000', riskClass, limit, currency = '' } = wish;
  const parameters = fields({
    I_KUNNR: customer,
    I_KKBER: area,
    ...(riskClass === undefined ? {} : { I_CTLPC: riskClass, IX_CTLPC: 'X' }),
    ...(limit === undefined ? {} : { I_KLIMK: limit, IX_KLIMK: 'X', I_WAERS: currency }),
  });
  return save(url, 'Z_GANGWAY_CREDIT_CHANGE', wish, parameters);
}
