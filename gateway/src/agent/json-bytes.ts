/** Answers as JSON bytes; long lists in pieces, so that one large answer does not hold up the calls beside it. */

/**
 * A hundred rows take about 0.1 ms to write; a page (50) stays in one piece, an order with a thousand items does not.
 */
const rowsPerPiece = 100;

/** The bytes of JSON.stringify for plain data; `pause` lets other work run between the pieces of a long list. */
export async function toJsonBytes(body: unknown, pause: () => Promise<void>): Promise<Buffer> {
  if (!hasLongList(body)) return Buffer.from(JSON.stringify(body));
  const pieces: Buffer[] = [];
  let separator = '{';
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue;
    const start = `${separator}${JSON.stringify(name)}:`;
    separator = ',';
    if (isLong(value)) await writeList(pieces, start, value, pause);
    else pieces.push(Buffer.from(start + JSON.stringify(value)));
  }
  pieces.push(Buffer.from('}'));
  return Buffer.concat(pieces);
}

async function writeList(
  pieces: Buffer[],
  start: string,
  rows: readonly unknown[],
  pause: () => Promise<void>,
): Promise<void> {
  for (let row = 0; row < rows.length; row += rowsPerPiece) {
    const text = JSON.stringify(rows.slice(row, row + rowsPerPiece)).slice(1, -1);
    pieces.push(Buffer.from(`${row === 0 ? `${start}[` : ','}${text}`));
    await pause();
  }
  pieces.push(Buffer.from(']'));
}

function hasLongList(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.values(body).some(isLong);
}

function isLong(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > rowsPerPiece;
}
