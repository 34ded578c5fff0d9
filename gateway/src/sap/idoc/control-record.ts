/** The control record of an IDoc, EDI_DC40: which fields it has, how long they are, where they stand in a flat file. */
import { placesOf, sliceFilled } from './filled-fields.ts';
import type { FieldPlaces } from './filled-fields.ts';
import { detached } from './raw-text.ts';

/** In the order of the record, which is 524 characters long. */
const layout = [
  ['TABNAM', 10],
  ['MANDT', 3],
  ['DOCNUM', 16],
  ['DOCREL', 4],
  ['STATUS', 2],
  ['DIRECT', 1],
  ['OUTMOD', 1],
  ['EXPRSS', 1],
  ['TEST', 1],
  ['IDOCTYP', 30],
  ['CIMTYP', 30],
  ['MESTYP', 30],
  ['MESCOD', 3],
  ['MESFCT', 3],
  ['STD', 1],
  ['STDVRS', 6],
  ['STDMES', 6],
  ['SNDPOR', 10],
  ['SNDPRT', 2],
  ['SNDPFC', 2],
  ['SNDPRN', 10],
  ['SNDSAD', 21],
  ['SNDLAD', 70],
  ['RCVPOR', 10],
  ['RCVPRT', 2],
  ['RCVPFC', 2],
  ['RCVPRN', 10],
  ['RCVSAD', 21],
  ['RCVLAD', 70],
  ['CREDAT', 8],
  ['CRETIM', 6],
  ['REFINT', 14],
  ['REFGRP', 14],
  ['REFMES', 14],
  ['ARCKEY', 70],
  ['SERIAL', 20],
] as const;

/** A field of the control record, as SAP names it. */
export type ControlField = (typeof layout)[number][0];

/** Every field of the control record; empty where SAP left it out. */
export type IdocControl = Readonly<Record<ControlField, string>>;

/** The name of the record type that is understood, in flat files and as an XML element. */
export const controlRecordName = 'EDI_DC40';
/** Characters of a control record. */
export const controlRecordLength = 524;

const empty = Object.fromEntries(layout.map(([name]) => [name, ''])) as Record<ControlField, string>;
const lengths: ReadonlyMap<string, number> = new Map(layout);

/** True for a name that the control record has. */
export function isControlField(name: string): name is ControlField {
  return lengths.has(name);
}

/** How long a field of the control record may be. */
export function controlFieldLength(name: ControlField): number {
  return lengths.get(name) ?? 0;
}

/** The control record from the fields that were found. */
export function toControl(found: Readonly<Partial<Record<ControlField, string>>>): IdocControl {
  const control = { ...empty, ...found };
  control.DOCNUM = toDocnum(control.DOCNUM);
  return control;
}

/** A document number with its leading zeros, because numbers are compared as text; anything else stays as it is. */
function toDocnum(text: string): string {
  return /^\d{1,16}$/.test(text) ? text.padStart(16, '0') : text;
}

/** Where its fields stand in a flat file. */
export const controlPlaces = placesOf(layout);

/** Fields that change together from one IDoc of a burst to the next: the number always, the time at the end perhaps. */
const regions = (['TABNAM', 'DOCNUM', 'DOCREL', 'CREDAT'] as const).map((first, place, all) => {
  const fields = layout.slice(placeOf(first), placeOf(all[place + 1]));
  const { start } = controlPlaces.fields[placeOf(first)] ?? { start: 0 };
  const places = placesOf(fields);
  return { places, start, end: start + places.length };
});

function placeOf(field: ControlField | undefined): number {
  return field === undefined ? layout.length : layout.findIndex(([name]) => name === field);
}

/** The control records of one flat file: a region that is the same as in the record before is not read again. */
export class ControlRecords {
  #control: IdocControl = empty;
  #texts: readonly string[] = regions.map(() => '');

  /** The control record of this text, where trailing blanks may have been cut. */
  read(record: string): IdocControl {
    const control = { ...this.#control };
    const texts = regions.map(({ places, start, end }, place) => {
      const text = record.slice(start, end);
      const known = this.#texts[place];
      if (text === known) return known;
      fill(control, places, text);
      return detached(text);
    });
    control.DOCNUM = toDocnum(control.DOCNUM);
    this.#texts = texts;
    this.#control = control;
    return control;
  }
}

function fill(control: Record<ControlField, string>, places: FieldPlaces<ControlField>, text: string): void {
  for (const { name } of places.fields) control[name] = '';
  sliceFilled(places, { text, start: 0, end: text.length }, control);
  // On both sides: nothing in it is aligned to the right, and it is compared as text.
  for (const { name } of places.fields) control[name] = control[name].trim();
}
