/** A customer as a person describes it, for creating, finding and linking. */
import { z } from 'zod';
import { customerNumber, customerReference } from './identifiers.ts';
import { code, text } from './typed-text.ts';
import { codedText, currencyCode, instant, money, salesArea } from './values.ts';

export const address = z.object({
  street: text(60).default(''),
  houseNumber: text(10).default(''),
  postalCode: text(10).default(''),
  city: text(40).min(1, 'SAP needs the city'),
  region: text(3).default(''),
  /** ISO 3166, two letters. */
  country: z.string().regex(/^[A-Z]{2}$/, 'The country is its ISO code, two capital letters'),
});
export type Address = z.infer<typeof address>;

/** What a new customer starts with in credit management; written as a second step, once the customer exists. */
export const initialCredit = z.strictObject({
  creditControlArea: code(4),
  riskClass: code(3).optional(),
  limit: money.optional(),
});
export type InitialCredit = z.infer<typeof initialCredit>;

/** Another customer that a new one is delivered to, billed to or paid by; it is all of these itself unless one is named. */
export const partnerDraft = z.strictObject({
  role: z.enum(['ship-to', 'bill-to', 'payer']),
  customer: customerNumber,
  isDefault: z.boolean().optional(),
});
export type PartnerDraft = z.infer<typeof partnerDraft>;

/** How a new customer is taxed in one country; what is not named is as SAP's customizing has it. */
export const taxDraft = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, 'The country is its ISO code, two capital letters'),
  category: code(4),
  classification: code(1),
});
export type TaxDraft = z.infer<typeof taxDraft>;

export const customerDraft = z.strictObject({
  name: text(35).min(1, 'SAP needs the name'),
  name2: text(35).default(''),
  address,
  /** ISO 639, two letters. */
  language: z.string().regex(/^[A-Z]{2}$/, 'The language is its ISO code, two capital letters'),
  phone: text(30).default(''),
  email: z.union([z.literal(''), z.email().max(241)]).default(''),
  vatNumber: text(20).default(''),
  salesArea,
  companyCode: code(4),
  paymentTerms: code(4),
  currency: currencyCode,
  /** SAP's account group; the agent's configured one when absent. It decides the number range. */
  accountGroup: code(4).optional(),
  credit: initialCredit.optional(),
  /** More than this is data for a migration, not for a form. */
  partners: z.array(partnerDraft).max(100).optional(),
  taxes: z.array(taxDraft).max(50).optional(),
});
export type CustomerDraft = z.infer<typeof customerDraft>;

/** Only what changes; an absent field stays as it is in SAP. */
export const customerChange = z.strictObject({
  name: text(35).min(1).optional(),
  name2: text(35).optional(),
  address: address.partial().optional(),
  phone: text(30).optional(),
  email: z.union([z.literal(''), z.email().max(241)]).optional(),
  vatNumber: text(20).optional(),
});
export type CustomerChange = z.infer<typeof customerChange>;

export const customer = z.object({
  customer: customerReference,
  asOf: instant,
  name: z.string(),
  address: z.object({
    street: z.string(),
    houseNumber: z.string(),
    postalCode: z.string(),
    city: z.string(),
    region: z.string(),
    country: z.string(),
  }),
  isBlocked: z.boolean(),
  isMarkedForDeletion: z.boolean(),
});
export type Customer = z.infer<typeof customer>;

/** What is searched for when somebody is about to create a customer. */
export const matchRequest = z.strictObject({
  name: text(80).min(1),
  street: text(60).default(''),
  postalCode: text(10).default(''),
  city: text(40).default(''),
  country: z.union([z.literal(''), z.string().regex(/^[A-Z]{2}$/)]).default(''),
  phone: text(30).default(''),
  vatNumber: text(20).default(''),
});
export type MatchRequest = z.infer<typeof matchRequest>;

export const customerMatch = z.object({
  customer: customerReference,
  name: z.string(),
  city: z.string(),
  postalCode: z.string(),
  street: z.string(),
  country: z.string(),
  /** 0 to 100; 100 is surely the same. */
  score: z.int().min(0).max(100),
  reasons: z.array(
    z.object({
      field: z.enum(['name', 'street', 'postal-code', 'city', 'phone', 'vat-number']),
      kind: z.enum(['same', 'similar']),
    }),
  ),
  isBlocked: z.boolean(),
});

export const customerMatches = z.object({ asOf: instant, matches: z.array(customerMatch) });
export type CustomerMatches = z.infer<typeof customerMatches>;

/** Partner functions of a customer as a graph: who orders, receives, is billed, pays. */
export const partners = z.object({
  customer: customerReference,
  asOf: instant,
  partners: z.array(
    z.object({
      salesArea,
      role: z.enum(['sold-to', 'ship-to', 'bill-to', 'payer', 'other']),
      function: codedText,
      partner: customerReference,
      name: z.string(),
      isDefault: z.boolean(),
    }),
  ),
});
export type Partners = z.infer<typeof partners>;
