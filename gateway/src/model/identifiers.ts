/** Identifiers both sides share, branded so that one can never stand in for another. */
import { z } from 'zod';

/** SAP's own name for system plus client, e.g. `ERPCLNT100` (logical system). With the number it identifies a customer. */
export const sapSystemId = z
  .string()
  .regex(/^[A-Z0-9_/]{1,10}$/, 'A logical system has up to ten capital letters and digits')
  .brand<'SapSystemId'>();
export type SapSystemId = z.infer<typeof sapSystemId>;

/**
 * A customer number in SAP's internal form: ten digits with leading zeros, or letters and digits as they are.
 * Input without leading zeros is accepted and padded; screens show it without them.
 */
export const customerNumber = z
  .string()
  .regex(/^[A-Za-z0-9]{1,10}$/, 'A customer number has one to ten letters and digits')
  .transform((text) => (/^\d+$/.test(text) ? text.padStart(10, '0') : text.toUpperCase()))
  .refine((text) => !/^0+$/.test(text), 'A customer number is not only zeros')
  .brand<'CustomerNumber'>();
export type CustomerNumber = z.infer<typeof customerNumber>;

/** The number of a contact person, ten digits with leading zeros. */
export const contactNumber = z
  .string()
  .regex(/^\d{1,10}$/, 'A contact number has one to ten digits')
  .transform((text) => text.padStart(10, '0'))
  .refine((text) => !/^0+$/.test(text), 'A contact number is not only zeros')
  .brand<'ContactNumber'>();
export type ContactNumber = z.infer<typeof contactNumber>;

/** A sales, delivery or billing document number, ten characters, padded like a customer number. */
export const documentNumber = z
  .string()
  .regex(/^[A-Za-z0-9]{1,10}$/, 'A document number has one to ten letters and digits')
  .transform((text) => (/^\d+$/.test(text) ? text.padStart(10, '0') : text.toUpperCase()))
  .brand<'DocumentNumber'>();
export type DocumentNumber = z.infer<typeof documentNumber>;

/**
 * The key of one intent. It comes from the record that wants it (for a new customer: the Account), never from
 * the click, so whoever asks again asks for the same thing.
 */
export const idempotencyKey = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{7,59}$/, 'A key has 8 to 60 letters, digits, dots, colons, dashes')
  .brand<'IdempotencyKey'>();
export type IdempotencyKey = z.infer<typeof idempotencyKey>;

const orgIdAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three check characters that turn a case-sensitive 15-character Salesforce id into the 18-character form. */
function caseChecksum(id15: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = [...id15.slice(start, start + 5)].reduce(
        (sum, letter, index) => sum + (/[A-Z]/.test(letter) ? 1 << index : 0),
        0,
      );
      return orgIdAlphabet.charAt(bits);
    })
    .join('');
}

/** A Salesforce org id; 15 or 18 characters on the way in, always 18 inside. */
export const orgId = z
  .string()
  .regex(/^00D[A-Za-z0-9]{12}([A-Z0-5]{3})?$/, 'An org id has 15 or 18 characters and starts with 00D')
  .transform((text) => text.slice(0, 15) + caseChecksum(text.slice(0, 15)))
  .brand<'OrgId'>();
export type OrgId = z.infer<typeof orgId>;

export const correlationId = z
  .string()
  .regex(/^[A-Za-z0-9-]{8,64}$/)
  .brand<'CorrelationId'>();
export type CorrelationId = z.infer<typeof correlationId>;

/** A customer is SAP system plus number, everywhere, because companies have more than one SAP. */
export const customerReference = z.object({ system: sapSystemId, number: customerNumber });
export type CustomerReference = z.infer<typeof customerReference>;
