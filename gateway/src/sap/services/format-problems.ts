/** What is wrong with a service file although each part of it has the right form: parts that do not go together. */
import type { ConversionName } from './conversions.ts';
import { placeOf, placeText } from './place.ts';
import type { Place } from './place.ts';
import { isGroup } from './service-file.ts';
import type { Input, InputGroup, InputValue, Output, OutputValue, ServiceFile } from './service-file.ts';
import { isSpecial, keySpecials, rowSpecials, specials } from './specials.ts';
import { externalValue } from './external-value.ts';

export interface FormatProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Report = (path: readonly PropertyKey[], message: string) => void;

const decimalConversions: readonly ConversionName[] = ['amount', 'thousandths'];

/** Every one of them. */
export function formatProblems(file: ServiceFile): readonly FormatProblem[] {
  const problems: FormatProblem[] = [];
  const report: Report = (path, message) => problems.push({ path, message });
  checkEffect(file, report);
  checkNames(file.inputs, ['inputs'], report);
  checkNames(file.outputs, ['outputs'], report);
  file.inputs.forEach((input, index) => checkInput(file, input, ['inputs', index], report));
  file.outputs.forEach((output, index) => checkOutput(file, output, ['outputs', index], report));
  checkFixed(file.fixed, file, ['fixed'], false, report);
  checkPlacesOnce(file, report);
  checkLookUp(file, report);
  return problems;
}

function checkEffect({ effect, commit, signature, agent, lookUp }: ServiceFile, report: Report): void {
  if (effect === 'write') {
    if (commit === undefined)
      report(
        ['commit'],
        'is missing: a write needs BAPI_TRANSACTION_COMMIT, or `self` for a function that commits itself',
      );
    return;
  }
  const wrong = 'is for a write; remove it, or correct `effect`';
  if (commit !== undefined) report(['commit'], wrong);
  if (signature !== undefined) report(['signature'], wrong);
  if (agent !== undefined) report(['agent'], wrong);
  if (lookUp !== undefined) report(['lookUp'], wrong);
}

function checkNames(fields: readonly (Input | Output)[], at: readonly PropertyKey[], report: Report): void {
  const seen = new Set<string>();
  fields.forEach((field, index) => {
    // Flow and Apex do not tell capitals from small letters.
    const name = field.name.toLowerCase();
    if (seen.has(name)) report([...at, index, 'name'], `${field.name} is there twice; give it another name`);
    seen.add(name);
    if (isGroup<Input | Output>(field)) checkNames(field.fields, [...at, index, 'fields'], report);
  });
}

function checkInput(file: ServiceFile, input: Input, at: readonly PropertyKey[], report: Report): void {
  if (!isGroup(input)) return checkInputValue(input, { at, beside: file.inputs }, report);
  if (input.type === 'list') checkFixed(input.fixed, file, [...at, 'fixed'], true, report);
  input.fields.forEach((field, index) => {
    const here = [...at, 'fields', index];
    checkInputValue(field, { at: here, beside: [...input.fields, ...file.inputs] }, report);
    const places = field.to.map((to) => placeOf(to, input.to));
    if (places.some(({ row }) => row !== undefined)) report([...here, 'to'], 'cannot name a row inside a group');
    if (places.some((place) => place.field === undefined))
      report([...here, 'to'], 'must name a field; give the group a `to`, or write PARAMETER.FIELD');
  });
}

interface Where {
  readonly at: readonly PropertyKey[];
  readonly beside: readonly (Input | Output)[];
}

function checkInputValue(field: InputValue, { at, beside }: Where, report: Report): void {
  checkConversion(field, { at, beside }, report);
  if (field.type !== 'text') {
    if (field.enum !== undefined) report([...at, 'enum'], 'is for text only; remove it');
    if (field.maxLength !== undefined) report([...at, 'maxLength'], 'is for text only; remove it');
  }
  if (field.default === undefined) return;
  if (field.required) report([...at, 'default'], 'cannot be there beside `required: true`; remove one of them');
  const issues = externalValue(field, defaultValue(field), []).issues;
  for (const issue of issues) report([...at, 'default'], issue.message);
}

/** A default as a caller would send it: in the file everything is text. */
export function defaultValue(field: InputValue): unknown {
  const text = field.default ?? '';
  if (field.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return field.type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function checkConversion(field: InputValue | OutputValue, { at, beside }: Where, report: Report): void {
  const { conversion, currency, type } = field;
  if (conversion !== undefined) {
    const wanted = decimalConversions.includes(conversion) ? 'decimal' : 'text';
    if (type !== wanted) report([...at, 'conversion'], `${conversion} is for the type ${wanted}, not ${type}`);
  }
  if (conversion === 'amount' && currency === undefined)
    report([...at, 'currency'], 'is missing: name the field beside it that holds the currency');
  if (currency === undefined) return;
  if (conversion !== 'amount') report([...at, 'currency'], 'is for `conversion: amount` only; remove it');
  const other = beside.find(({ name }) => name === currency);
  if (other?.type !== 'text') report([...at, 'currency'], `names ${currency}, which is no text beside it`);
}

function checkOutput(file: ServiceFile, output: Output, at: readonly PropertyKey[], report: Report): void {
  if (!isGroup(output)) {
    checkConversion(output, { at, beside: file.outputs }, report);
    return;
  }
  output.fields.forEach((field, index) => {
    const here = [...at, 'fields', index];
    checkConversion(field, { at: here, beside: [...output.fields, ...file.outputs] }, report);
    const place = placeOf(field.from, output.from);
    if (place.field === undefined) report([...here, 'from'], 'must name a field; give the group a `from`');
    if (place.row !== undefined) report([...here, 'from'], 'cannot name a row inside a group');
    if (output.type === 'list' && place.parameter !== output.from)
      report([...here, 'from'], 'must be a field of the table that the list is from');
  });
}

function checkFixed(
  values: Readonly<Record<string, string>>,
  file: ServiceFile,
  at: readonly PropertyKey[],
  isInRow: boolean,
  report: Report,
): void {
  for (const [place, value] of Object.entries(values)) {
    if (!isSpecial(value)) continue;
    const here = [...at, place];
    if (!specials.includes(value))
      report(here, `${value} is not known; there are ${specials.join(', ')} ($$ for a dollar)`);
    if (keySpecials.some((name) => name === value) && file.effect === 'read')
      report(here, `${value} is for writes only`);
    if (rowSpecials.some((name) => name === value) && !isInRow) report(here, `${value} is for the \`fixed\` of a list`);
  }
}

interface Filled {
  readonly place: Place;
  readonly isList: boolean;
  readonly at: readonly PropertyKey[];
}

/** What two parts of a file fill, only one of them can have meant. */
function checkPlacesOnce(file: ServiceFile, report: Report): void {
  const filled = [
    ...file.inputs.flatMap((input, index) => placesOf(input, ['inputs', index])),
    ...Object.keys(file.fixed).map((place) => ({ place: placeOf(place), isList: false, at: ['fixed', place] })),
  ];
  const seen = new Set<string>();
  const tables = new Set(filled.filter(({ isList }) => isList).map(({ place }) => place.parameter));
  for (const { place, isList, at } of filled) {
    const text = `${isList ? 'list ' : ''}${placeText(place)}`;
    if (seen.has(text)) report(at, `${placeText(place)} is filled twice; remove one`);
    seen.add(text);
    if (!isList && tables.has(place.parameter))
      report(at, `${place.parameter} is filled by a list as well; put this into its \`fixed\``);
  }
}

function placesOf(input: Input, at: readonly PropertyKey[]): readonly Filled[] {
  if (!isGroup(input)) return valuePlaces(input, at, undefined);
  const group: InputGroup = input;
  const inFields = group.fields.flatMap((field, index) => valuePlaces(field, [...at, 'fields', index], group));
  if (group.type !== 'list') return inFields;
  const inFixed = Object.keys(group.fixed).map((place) => ({
    place: placeOf(place, group.to),
    isList: true,
    at: [...at, 'fixed', place],
  }));
  return [...inFields, ...inFixed];
}

function valuePlaces(field: InputValue, at: readonly PropertyKey[], group: InputGroup | undefined): readonly Filled[] {
  const isList = group?.type === 'list';
  return [...field.to, ...(field.mark ?? [])].map((place) => ({ place: placeOf(place, group?.to), isList, at }));
}

function checkLookUp({ lookUp, inputs, outputs }: ServiceFile, report: Report): void {
  if (lookUp === undefined) return;
  for (const [name, value] of Object.entries(lookUp.inputs)) {
    if (!isSpecial(value)) continue;
    const input = /^\$inputs\.(.+)$/.exec(value)?.[1];
    const isKnown =
      input === undefined ? isWriteSpecial(value) : inputs.some((one) => one.name === input && !isGroup(one));
    if (!isKnown)
      report(
        ['lookUp', 'inputs', name],
        `${value} is not known; there are $inputs.<name> of a single input, $key, $shortKey, $contentHash, $fence, $today`,
      );
  }
  for (const name of Object.keys(lookUp.outputs)) {
    if (!outputs.some((output) => output.name === name))
      report(['lookUp', 'outputs', name], 'is no output of this service');
  }
}

function isWriteSpecial(value: string): boolean {
  return value === '$today' || keySpecials.some((name) => name === value);
}
