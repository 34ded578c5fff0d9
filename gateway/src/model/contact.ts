/** A contact person of a customer, as Salesforce keeps one. */
import { z } from 'zod';
import { code, text } from './typed-text.ts';

const fields = {
  firstName: text(35),
  lastName: text(35).min(1, 'SAP needs the last name'),
  /** ISO 639, two letters; the customer's own language when absent. */
  language: z.union([
    z.literal(''),
    z.string().regex(/^[A-Z]{2}$/, 'The language is its ISO code, two capital letters'),
  ]),
  phone: text(30),
  email: z.union([z.literal(''), z.email().max(241)]),
  /** What the person does, a code of SAP's customizing: purchasing, accounting, ... */
  role: z.union([z.literal(''), code(2)]),
  department: z.union([z.literal(''), code(4)]),
};

export const contactDraft = z.strictObject({
  firstName: fields.firstName.default(''),
  lastName: fields.lastName,
  language: fields.language.default(''),
  phone: fields.phone.default(''),
  email: fields.email.default(''),
  role: fields.role.default(''),
  department: fields.department.default(''),
});
export type ContactDraft = z.infer<typeof contactDraft>;

/** Only what changes; an absent field stays as it is in SAP, an empty one is cleared. */
export const contactChange = z.strictObject({
  firstName: fields.firstName.optional(),
  lastName: fields.lastName.optional(),
  language: fields.language.optional(),
  phone: fields.phone.optional(),
  email: fields.email.optional(),
  role: fields.role.optional(),
  department: fields.department.optional(),
});
export type ContactChange = z.infer<typeof contactChange>;
