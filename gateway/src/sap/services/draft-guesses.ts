/** What a draft guesses from names and dictionary facts; an admin corrects it, so each guess is on the safe side. */
import type { ConversionName } from './conversions.ts';
import { textConversions } from './conversions.ts';
import type { SapField } from './sap-field.ts';

const reading = /^(GET|READ|LIST|FIND|SEARCH|DISPLAY|SHOW|SIMULATE|EXISTENCECHECK|EXISTENCE|AVAILABILITY|PING)/;
const writing =
  /^(CREATE|CHANGE|SAVE|POST|DELETE|UPDATE|SET|MAINTAIN|WRITE|CANCEL|RELEASE|INSERT|MODIFY|COMMIT|ROLLBACK|REMOVE|BOOK|EXECUTE|PROCESS|NEXT|NUMBER|ADD|COPY|CONFIRM|SEND|START|RUN|LOCK|ENQUEUE)/;

/** `read` only where the name says so and nothing in it says the contrary. */
export function guessEffect(functionName: string): 'read' | 'write' {
  const words = functionName.split(/[_/]/);
  return words.some((word) => reading.test(word)) && !words.some((word) => writing.test(word)) ? 'read' : 'write';
}

/** SAP's rule for BAPIs is that the caller commits; of other functions only their documentation says it. */
export const isBapi = (functionName: string): boolean => /^(\/[A-Z0-9]+\/)?BAPI/.test(functionName);

const exits: Readonly<Record<string, ConversionName>> = {
  MATN1: 'material-number',
  CUNIT: 'unit',
  ISOLA: 'language',
  PARVW: 'partner-function',
};

/** From the field's conversion exit and type; undefined where there is none, or where it does not fit the field. */
export function guessConversion(field: SapField): ConversionName | undefined {
  const name =
    field.conversionExit === 'ALPHA'
      ? alphaOf(field)
      : (exits[field.conversionExit] ?? (field.dataType === 'LANG' ? 'language' : undefined));
  if (name === undefined || textConversions[name]?.misfit(field) !== undefined) return undefined;
  return name;
}

function alphaOf({ name, length }: SapField): ConversionName {
  if (length !== 10) return 'leading-zeros';
  if (/KUNNR|CUSTOM|SOLD_TO|SHIP_TO/.test(name)) return 'customer-number';
  return /VBELN|DOC|ORDER/.test(name) ? 'document-number' : 'leading-zeros';
}

const maxNameLength = 40;

/** Gives out names that JSON, Flow and Apex take, each once, without regard to capitals. */
export class Names {
  readonly #taken = new Set<string>();

  /** `PI_COMPANYDATA` becomes `piCompanydata`. */
  of(sapName: string): string {
    const words = sapName
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '');
    const joined = words.map((word, index) => (index === 0 ? word : capitalized(word))).join('');
    const name = (/^[a-z]/.test(joined) ? joined : `f${joined}`).slice(0, maxNameLength - 3);
    let unique = name;
    for (let number = 2; this.#taken.has(unique.toLowerCase()); number += 1) unique = `${name}${number}`;
    this.#taken.add(unique.toLowerCase());
    return unique;
  }
}

/** `BAPI_CUSTOMER_FIND` becomes `BapiCustomerFind`. */
export const serviceNameOf = (functionName: string): string => capitalized(new Names().of(functionName));

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
