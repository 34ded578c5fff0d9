/** Conversions a service file can name: how people write a value, and how SAP keeps it. */
import { displayKey, inCapitals, padKey } from '../conversion/alpha.ts';
import { languageIso, languageKey } from '../conversion/languages.ts';
import { partnerKey, partnerRole } from '../conversion/partner-functions.ts';
import { internalUnit, unitOf } from '../conversion/units.ts';
import type { SapField } from './sap-field.ts';

export const conversionNames = [
  'customer-number',
  'document-number',
  'leading-zeros',
  'material-number',
  'language',
  'unit',
  'upper-case',
  'partner-function',
  'amount',
  'thousandths',
] as const;
export type ConversionName = (typeof conversionNames)[number];

export interface TextConversion {
  /** SAP's form; undefined for a text that has none. */
  readonly toSap: (text: string, field: SapField) => string | undefined;
  readonly fromSap: (text: string, field: SapField) => string;
  /** Why a field cannot have it; undefined when it can. */
  readonly misfit: (field: SapField) => string | undefined;
  /** What a text without SAP's form should have been. */
  readonly expects: string;
}

const characters = ({ abap }: SapField): string | undefined => (abap === 'C' ? undefined : 'it needs a CHAR field');
const ofLength =
  (...lengths: readonly number[]) =>
  (field: SapField): string | undefined =>
    field.abap === 'C' && lengths.includes(field.length)
      ? undefined
      : `it needs a CHAR field of length ${lengths.join(' or ')}`;
const numberLike = (text: string): boolean => !/\s/.test(text.trim());

/** Conversion exit ALPHA, over the length of the field. */
const alpha = (misfit: TextConversion['misfit']): TextConversion => ({
  toSap: (text, field) => (numberLike(text) ? padKey(text, field.length) : undefined),
  fromSap: displayKey,
  misfit,
  expects: 'must be a number without blanks',
});

/** As everywhere at this API and in the org: with the leading zeros, so that two that are equal look equal. */
const recordNumber: TextConversion = { ...alpha(ofLength(10)), fromSap: (text) => text };

/** Those of texts; `amount` and `thousandths` are of decimals. */
export const textConversions: Readonly<Partial<Record<ConversionName, TextConversion>>> = {
  'customer-number': recordNumber,
  'document-number': recordNumber,
  'leading-zeros': alpha(characters),
  /** MATN1 without a template: 18 places in ECC, also where a newer field has 40. */
  'material-number': {
    toSap: (text) => padKey(text, 18),
    fromSap: displayKey,
    misfit: ofLength(18, 40),
    expects: 'must be a material number',
  },
  language: {
    toSap: (text, field) => {
      if (text === '') return '';
      const key = languageKey(text.trim());
      return field.length === 1 ? key : text.trim().toUpperCase();
    },
    fromSap: (text, field) => (field.length === 1 ? (languageIso(text) ?? text) : text),
    misfit: ofLength(1, 2),
    expects: 'must be a language, two letters as in ISO 639',
  },
  unit: {
    toSap: internalUnit,
    fromSap: (text) => unitOf(text, ''),
    misfit: characters,
    expects: 'must be a unit',
  },
  'upper-case': {
    toSap: inCapitals,
    fromSap: (text) => text,
    misfit: characters,
    expects: 'must be text',
  },
  'partner-function': {
    toSap: partnerKey,
    fromSap: (text) => {
      const role = partnerRole(text);
      return role === 'other' ? text : role;
    },
    misfit: ofLength(2),
    expects: 'must be sold-to, ship-to, bill-to, payer, or a key of SAP',
  },
};
