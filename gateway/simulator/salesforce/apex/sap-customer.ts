/** A customer in SAP, system plus number, as the package's Apex handles it. */
import { z } from 'zod';

export interface SapCustomer {
  readonly system: string;
  /** SAP's internal form: ten digits with leading zeros, or letters and digits. */
  readonly number: string;
}

export const customerReference = z.record(z.string(), z.string().nullable()).nullish();

/** A customer by system and number in any form; null when this is none. */
export function findCustomer(
  system: string | null | undefined,
  anyForm: string | null | undefined,
): SapCustomer | null {
  const text = (anyForm ?? '').trim();
  if (!/^[A-Za-z0-9]{1,10}$/.test(text) || /^0+$/.test(text)) return null;
  const logicalSystem = (system ?? '').trim().toUpperCase();
  if (!/^[A-Z0-9_/]{1,10}$/.test(logicalSystem)) return null;
  return { system: logicalSystem, number: /^\d+$/.test(text) ? text.padStart(10, '0') : text.toUpperCase() };
}

/** The customer an answer names. */
export const fromAnswer = (reference: z.infer<typeof customerReference>): SapCustomer | null =>
  reference == null ? null : findCustomer(reference['system'], reference['number']);

/** What makes it unique across systems. */
export const keyOf = ({ system, number }: SapCustomer): string => `${system}:${number}`;

/** The number as SAP's screens show it. */
export const display = ({ number }: SapCustomer): string => (/^\d+$/.test(number) ? number.replace(/^0+/, '') : number);

/** What components get. */
export const customerView = (customer: SapCustomer) => ({ ...customer, display: display(customer) });
