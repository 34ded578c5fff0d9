/** The lines of a draft for single values: name, place, type, conversion, length, and SAP's own words. */
import { guessConversion } from './draft-guesses.ts';
import type { Names } from './draft-guesses.ts';
import { bestType, sapTypeText } from './fit.ts';
import { isWritable } from './place.ts';
import type { SapField } from './sap-field.ts';

/** Halves of letters: what is left of one that was cut in the middle. */
const halfLetters = /\p{Surrogate}/gu;

export interface FieldContext {
  readonly section: 'inputs' | 'outputs';
  readonly names: Names;
  readonly isRequired: boolean;
}

/** As many as a group may have. */
const maxFields = 500;
const maxDescription = 255;
/** Words and ISO codes are longer than SAP's keys. */
const otherLengths: ReadonlySet<string> = new Set(['language', 'unit', 'partner-function']);

export interface FieldLines {
  readonly lines: readonly string[];
  readonly count: number;
}

/** One line a field. */
export function fieldLines(fields: readonly SapField[], context: FieldContext): FieldLines {
  const writable = fields.filter(({ name }) => isWritable(name));
  const named = writable.slice(0, maxFields).map((field) => ({ field, name: context.names.of(field.name) }));
  // An amount needs to know which field says its currency; of several nobody can tell.
  const currencies = named.filter(({ field }) => field.dataType === 'CUKY');
  const currency = currencies.length === 1 ? currencies[0]?.name : undefined;
  const used = new Set(named.map(({ field }) => field));
  const leftOut = fields.filter((field) => !used.has(field));
  return {
    lines: [
      ...named.map(({ field, name }) => fieldLine(field, name, currency, context)),
      ...leftOut.map(({ name }) => `# left out: ${name.replace(/\s+/g, ' ')}`),
    ],
    count: named.length,
  };
}

function fieldLine(field: SapField, name: string, currency: string | undefined, context: FieldContext): string {
  const { section, isRequired } = context;
  const isAmount = field.dataType === 'CURR' && currency !== undefined;
  const conversion = isAmount ? 'amount' : guessConversion(field);
  const parts = [
    `name: ${name}`,
    `${section === 'inputs' ? 'to' : 'from'}: ${field.name}`,
    `type: ${bestType(field)}`,
    ...(isRequired ? ['required: true'] : []),
    ...(conversion === undefined ? [] : [`conversion: ${conversion}`]),
    ...(isAmount ? [`currency: ${currency}`] : []),
    ...(section === 'inputs' ? maxLength(field, conversion) : []),
    ...description(field.text),
  ];
  return `- { ${parts.join(', ')} } # ${sapTypeText(field)}${hint(field, isAmount)}`;
}

function maxLength({ abap, length }: SapField, conversion: string | undefined): string[] {
  const isKnown = abap === 'C' && length > 0 && length <= 10_000 && !otherLengths.has(conversion ?? '');
  return isKnown ? [`maxLength: ${length}`] : [];
}

function description(text: string): string[] {
  const words = text.replace(/\s+/g, ' ').trim().slice(0, maxDescription).replace(halfLetters, '');
  return words === '' ? [] : [`description: ${JSON.stringify(words)}`];
}

function hint({ dataType, abap, length }: SapField, isAmount: boolean): string {
  if (dataType === 'CURR' && !isAmount) return ", in SAP's stored form; add `conversion: amount` and `currency`";
  return abap === 'C' && length === 1 && dataType === 'CHAR' ? '; `type: boolean` if it is X or blank' : '';
}
