/** One line of a street, and the same in parts. */

export interface StreetParts {
  readonly street: string;
  readonly houseNumber: string;
}

/** Splits where it is certain; joining the parts gives the line again. */
export function splitStreet(line: string, _country: string): StreetParts {
  return { street: line, houseNumber: '' };
}
