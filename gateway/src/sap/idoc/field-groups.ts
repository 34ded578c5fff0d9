/** Fields side by side in a record, in groups that are passed over together where all of them are blank: most of most records is. */
import { checkCharacters } from './decoding.ts';
import { filledEnd, isBlank } from './raw-text.ts';

/** Where a field stands in its record or segment. */
export interface FieldPlace<Name extends string = string> {
  readonly name: Name;
  readonly start: number;
  readonly end: number;
}

/** Fields of which one begins where the one before it ends. */
export interface FieldGroup<Name extends string = string> {
  readonly start: number;
  readonly end: number;
  readonly fields: readonly FieldPlace<Name>[];
}

/** Characters: comparing so many takes as long as looking at some ten of them. */
const groupLength = 48;

/** The places of fields with these lengths, one after the other. */
export function placesOf<Name extends string>(fields: readonly (readonly [Name, number])[]): FieldPlace<Name>[] {
  let end = 0;
  return fields.map(([name, length]) => {
    const start = end;
    end += length;
    return { name, start, end };
  });
}

/** Groups of fields that stand side by side. */
export function groupsOf<Name extends string>(fields: readonly FieldPlace<Name>[]): FieldGroup<Name>[] {
  const groups: FieldPlace<Name>[][] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && field.end - last[0].start <= groupLength) last.push(field);
    else groups.push([field]);
  }
  return groups.map((group) => ({ start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0, fields: group }));
}

/** Calls `take` with each field of `text` between `start` and `end` that is not blank, with where it begins and ends, its characters checked. */
export function eachFilled<Name extends string>(
  groups: readonly FieldGroup<Name>[],
  { text, start, end }: { readonly text: string; readonly start: number; readonly end: number },
  take: (name: Name, from: number, to: number) => void,
): void {
  for (const group of groups) {
    if (start + group.start >= end) return;
    if (isBlank(text, start + group.start, Math.min(start + group.end, end))) continue;
    for (const field of group.fields) {
      const from = start + field.start;
      const to = filledEnd(text, from, Math.min(start + field.end, end));
      if (to <= from) continue;
      checkCharacters(text, from, to);
      take(field.name, from, to);
    }
  }
}
