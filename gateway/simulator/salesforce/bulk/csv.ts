/** CSV as the Bulk API takes and gives it: quotes doubled, cells over several lines, read piece by piece. */

/** How one file is written. */
export interface CsvShape {
  readonly delimiter: string;
  readonly lineEnding: 'LF' | 'CRLF';
}

/** A file that is not what its job says; the words are the job's `errorMessage`. */
export class CsvError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CsvError';
  }
}

const pieceBytes = 1024 * 1024;

/** The text of a file in pieces; throws where it is no UTF-8. */
function* piecesOf(file: Buffer): Generator<string, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < file.length; at += pieceBytes)
      yield decoder.decode(file.subarray(at, at + pieceBytes), { stream: true });
    yield decoder.decode();
  } catch {
    throw new CsvError('InvalidBatch : The file is not encoded in UTF-8');
  }
}

/** The rows of a file, the header first; a file may be of any size. */
export function* readCsv(file: Buffer, { delimiter, lineEnding }: CsvShape): Generator<readonly string[], undefined> {
  const reader = new CsvReader(delimiter, lineEnding);
  for (const piece of piecesOf(file)) yield* reader.read(piece);
  yield* reader.end();
}

class CsvReader {
  readonly #delimiter: string;
  readonly #isCrLf: boolean;
  #rest = '';

  constructor(delimiter: string, lineEnding: CsvShape['lineEnding']) {
    this.#delimiter = delimiter;
    this.#isCrLf = lineEnding === 'CRLF';
  }

  *read(piece: string): Generator<readonly string[], undefined> {
    const text = this.#rest + piece;
    const endOfRow = rowEnds(text);
    let start = 0;
    for (;;) {
      const end = endOfRow(start);
      if (end < 0) break;
      yield this.#row(text, start, end);
      start = end + 1;
    }
    this.#rest = text.slice(start);
  }

  *end(): Generator<readonly string[], undefined> {
    if (this.#rest === '') return;
    if ((this.#rest.split('"').length - 1) % 2 === 1) throw new CsvError('InvalidBatch : A quoted cell never ends');
    // The last line need not end.
    yield this.#row(`${this.#rest}${this.#isCrLf ? '\r\n' : '\n'}`, 0, this.#rest.length + (this.#isCrLf ? 1 : 0));
  }

  #row(text: string, start: number, lineFeed: number): readonly string[] {
    const hasReturn = text.charAt(lineFeed - 1) === '\r';
    if (hasReturn !== this.#isCrLf) {
      const setting = this.#isCrLf ? 'CRLF' : 'LF';
      throw new CsvError(
        `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${setting}`,
      );
    }
    return cellsOf(text.slice(start, hasReturn ? lineFeed - 1 : lineFeed), this.#delimiter);
  }
}

/**
 * Finds the line feed that ends the row which starts somewhere, outside of quotes; -1 where the row goes on in the next
 * piece. The next quote is remembered: a piece without any is not searched for one again with each row.
 */
function rowEnds(text: string): (start: number) => number {
  let quote = -1;
  const quoteBehind = (from: number): number => {
    if (quote < from) quote = text.indexOf('"', from);
    if (quote < 0) quote = text.length;
    return quote;
  };
  return (start) => {
    let from = start;
    for (;;) {
      const lineFeed = text.indexOf('\n', from);
      if (lineFeed < 0 || lineFeed < quoteBehind(from)) return lineFeed;
      // A doubled quote ends one cell and begins the next, which comes to the same.
      const closing = text.indexOf('"', quote + 1);
      if (closing < 0) return -1;
      from = closing + 1;
    }
  };
}

function cellsOf(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const [cell, next] = line.charAt(at) === '"' ? quotedCell(line, at, delimiter) : plainCell(line, at, delimiter);
    cells.push(cell);
    at = next;
  }
  return cells;
}

function plainCell(line: string, at: number, delimiter: string): readonly [string, number] {
  const end = line.indexOf(delimiter, at);
  return end < 0 ? [line.slice(at), line.length + 1] : [line.slice(at, end), end + 1];
}

function quotedCell(line: string, at: number, delimiter: string): readonly [string, number] {
  let end = line.indexOf('"', at + 1);
  while (end >= 0 && line.charAt(end + 1) === '"') end = line.indexOf('"', end + 2);
  const isEnded = end >= 0 && (end + 1 === line.length || line.charAt(end + 1) === delimiter);
  if (!isEnded) throw new CsvError('InvalidBatch : Text stands behind a closing quote');
  return [line.slice(at + 1, end).replaceAll('""', '"'), end + 2];
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** One line; everything is quoted, as the org does. */
export const csvLine = (cells: readonly string[], { delimiter, lineEnding }: CsvShape): string =>
  cells.map(quoted).join(delimiter) + (lineEnding === 'CRLF' ? '\r\n' : '\n');
