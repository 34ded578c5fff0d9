/** Where a value goes in SAP, as a service file writes it: `PARAMETER`, `STRUCTURE.FIELD`, `TABLE[1].FIELD`. */

export interface Place {
  readonly parameter: string;
  /** Row of a table, from 1; absent for a structure, and for the rows of a list. */
  readonly row?: number | undefined;
  /** Absent for a parameter that is one value. */
  readonly field?: string | undefined;
}

const name = '[A-Z0-9_/]{1,30}';
/** Rows that stand in a file one by one are few; anything longer is a list. */
export const placePattern = new RegExp(`^(${name})(?:\\[([1-9]\\d?)\\])?(?:\\.(${name}))?$`);
/** The name of a parameter alone. */
export const parameterPattern = new RegExp(`^${name}$`);

/** True for a name that a file can write. */
export const isWritable = (text: string): boolean => parameterPattern.test(text);

/** A text that matches `placePattern`; without a dot it is a field of `owner`, where there is one. */
export function placeOf(text: string, owner?: string): Place {
  const [, parameter = '', row, field] = placePattern.exec(text) ?? [];
  if (field === undefined && row === undefined && owner !== undefined) return { parameter: owner, field: parameter };
  return { parameter, row: row === undefined ? undefined : Number(row), field };
}

/** The way back, for problems and to tell places apart. */
export function placeText({ parameter, row, field }: Place): string {
  return `${parameter}${row === undefined ? '' : `[${row}]`}${field === undefined ? '' : `.${field}`}`;
}
