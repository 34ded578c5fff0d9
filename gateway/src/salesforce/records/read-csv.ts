/** CSV that arrives in pieces, as rows of texts, in constant memory. */
import { TextDecoder } from 'node:util';
import { unreadable } from '../exchange.ts';

/** Salesforce's records have 400,000 characters at most; quotes may double them. */
const maxRowCharacters = 2_000_000;

/** The rows, header first. Quoted cells may hold commas, quotes and line breaks. */
export async function* readCsv(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const piece of pieces) {
    const { rows, from } = rowsIn(rest + decode(decoder, piece), false);
    yield* rows;
    rest = from;
    if (rest.length > maxRowCharacters) throw unreadable('a line of CSV that does not end');
  }
  const last = rest + decode(decoder);
  if (last === '') return;
  yield* rowsIn(last, true).rows;
}

function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch {
    throw unreadable('CSV that is not UTF-8');
  }
}

/** All rows that are complete, and the text from where the first incomplete one begins. */
function rowsIn(text: string, isEnd: boolean): { readonly rows: readonly string[][]; readonly from: string } {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row = rowAt(text, at, isEnd);
    if (row === undefined) {
      if (isEnd) throw unreadable('CSV that ends within quotes');
      break;
    }
    rows.push(row.cells);
    at = row.next;
  }
  return { rows, from: text.slice(at) };
}

function rowAt(text: string, start: number, isEnd: boolean): { cells: string[]; next: number } | undefined {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? quotedAt(text, at, isEnd) : plainAt(text, at, isEnd);
    if (cell === undefined) return undefined;
    cells.push(cell.value);
    at = cell.end + 1;
    if (text[cell.end] !== ',') return { cells, next: at };
  }
}

/** `end` is where the comma or line feed stands, or the end of the text. */
interface CellAt {
  readonly value: string;
  readonly end: number;
}

function plainAt(text: string, start: number, isEnd: boolean): CellAt | undefined {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end += 1;
  if (end === text.length && !isEnd) return undefined;
  const value = text.slice(start, end);
  return { value: text[end] === ',' ? value : value.replace(/\r$/, ''), end };
}

function quotedAt(text: string, start: number, isEnd: boolean): CellAt | undefined {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  if (quote === -1) return undefined;
  const end = text[quote + 1] === '\r' ? quote + 2 : quote + 1;
  // The next piece may begin with the second quote of a pair, or with the line feed.
  if (end >= text.length) return isEnd ? { value: unquoted(text, start, quote), end } : undefined;
  if (text[end] !== ',' && text[end] !== '\n') throw unreadable('CSV with text behind quotes');
  return { value: unquoted(text, start, quote), end };
}

const unquoted = (text: string, start: number, quote: number): string =>
  text.slice(start + 1, quote).replaceAll('""', '"');
