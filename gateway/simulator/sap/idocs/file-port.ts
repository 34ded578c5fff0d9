/** The port type file: a flat file in a folder, complete from the moment it has its name. */
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeBlocks } from './code-page.ts';
import { renderFlat } from './render-flat.ts';
import type { FilePortSettings } from './settings.ts';
import { inPieces, measure, rest, upTo } from './transmission.ts';
import type { Outcome, Packet, PortContext } from './transmission.ts';

/** `O_100_0000000000700101`: outbound, client, first number; what is sent again does not overwrite what may still lie there. */
function fileName(packet: Packet): string {
  const [first] = packet.idocs;
  const again = first === undefined || first.deliveries === 0 ? '' : `_${first.deliveries + 1}`;
  return `O_${first?.control['MANDT'] ?? '000'}_${first?.number ?? ''}${again}`;
}

/** Makes the last record of a file longer or shorter. */
function* withWrongLength(lines: Iterable<string>, by: number, end: string): Generator<string> {
  let held: string | undefined;
  for (const line of lines) {
    if (held !== undefined) yield held;
    held = line;
  }
  if (held === undefined) return;
  const record = held.slice(0, -end.length);
  yield (by < 0 ? record.slice(0, by) : record.padEnd(record.length + by, 'X')) + end;
}

function blocksOf({ outgoing, faults }: Packet, port: FilePortSettings): () => Iterable<Buffer> {
  const codePage = faults['wrong-encoding'] === undefined ? port.codePage : port.codePage === '1100' ? '4110' : '1100';
  const wrongLength = faults['wrong-record-length'];
  const end = port.lineEnd === 'LF' ? '\n' : '\r\n';
  return () => {
    const lines = renderFlat(outgoing, port);
    return encodeBlocks(wrongLength === undefined ? lines : withWrongLength(lines, wrongLength.by, end), codePage);
  };
}

async function writeFile(path: string, blocks: Iterable<Buffer>, between: () => Promise<void>): Promise<number> {
  const file = await open(path, 'w');
  let bytes = 0;
  try {
    for (const block of blocks) {
      await file.write(block);
      bytes += block.length;
      await between();
    }
  } finally {
    await file.close();
  }
  return bytes;
}

async function send(packet: Packet, port: FilePortSettings, context: PortContext): Promise<number> {
  const { faults } = packet;
  const path = join(port.folder, fileName(packet));
  const whole = blocksOf(packet, port);
  const slow = faults['partial-file'] ?? faults.slow;
  const isCut = faults['truncated-body'] !== undefined || faults['cut-connection'] !== undefined;
  const length = slow === undefined && !isCut ? 0 : measure(whole());
  const blocks = isCut ? upTo(whole(), Math.floor(length / 2)) : whole();
  const pieces = slow === undefined ? blocks : inPieces(blocks, Math.max(1, Math.ceil(length / slow.pieces)));
  const between = slow === undefined ? async () => undefined : () => rest(context, slow.delayMs);
  // Half a file under its final name: what a careless transfer leaves for a while.
  if (faults['partial-file'] !== undefined) return writeFile(path, pieces, between);
  const bytes = await writeFile(`${path}.tmp`, pieces, between);
  await rename(`${path}.tmp`, path);
  return bytes;
}

/** Writes one file. Never throws: what goes wrong is an outcome. */
export async function sendByFile(packet: Packet, port: FilePortSettings, context: PortContext): Promise<Outcome> {
  try {
    const bytes = await send(packet, port, context);
    return { isSent: true, text: 'Data passed to port OK', bytes };
  } catch (error) {
    return { isSent: false, text: error instanceof Error ? error.message : String(error), bytes: 0 };
  }
}
