/** What a record has of SAP, per facet the order of the newest change (ArrivalStamp). */

/** Orders by facet. */
export type ArrivalStamp = ReadonlyMap<string, string>;

const entry = /^([a-z]{1,20})=(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#\d{20})$/;

/** Reads a stamp as it was sent or is kept; null for what is none. */
export function readStamp(text: string): ArrivalStamp | null {
  const orders = new Map<string, string>();
  for (const part of text.replace(/;$/, '').split(';')) {
    const [, facet, order] = entry.exec(part) ?? [];
    if (facet === undefined || order === undefined || orders.has(facet)) return null;
    orders.set(facet, order);
  }
  return orders;
}

/** What a record has that has nothing, or nothing that can be read. */
export const keptStamp = (text: unknown): ArrivalStamp =>
  (typeof text === 'string' && text.trim() !== '' ? readStamp(text) : null) ?? new Map<string, string>();

/** Facets of which the record has something newer, in alphabetical order; the same order is a repeat, and no older. */
export const olderFacets = (stamp: ArrivalStamp, kept: ArrivalStamp): string[] =>
  [...stamp.keys()].filter((facet) => (stamp.get(facet) ?? '') < (kept.get(facet) ?? '')).sort();

/** What the record has after it has arrived; it ends with `;`, so that an arrival always differs from what is kept. */
export const joinedStamp = (stamp: ArrivalStamp, kept: ArrivalStamp): string =>
  [...new Map([...kept, ...stamp])]
    .map(([facet, order]) => `${facet}=${order};`)
    .sort()
    .join('');
