/** Reads one claimed file into the queue, and says what is to become of it. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { GatewayError, toGatewayError } from '../../../errors/index.ts';
import type { SapChanges } from '../../../ports/index.ts';
import type { Clock } from '../../../timing/index.ts';
import type { Intake, Taken } from '../intake.ts';
import type { ReceiveMeasure } from '../receive-metrics.ts';
import { codeOf } from './moves.ts';

/** As the blocks that are parsed. */
const pieceBytes = 65_536;

export interface FileParts {
  readonly changes: Pick<SapChanges, 'readFlatIdocs'>;
  readonly intake: Intake;
  readonly measure: ReceiveMeasure;
  readonly clock: Clock;
}

/** `cut`: it ends too early, or has grown meanwhile. `away`: the queue takes nothing now. */
export type FileEnd =
  | { readonly end: 'done'; readonly taken: Taken }
  | { readonly end: 'cut' | 'failed' | 'away'; readonly error: GatewayError };

export async function takeFile(path: string, parts: FileParts): Promise<FileEnd> {
  const { clock, measure } = parts;
  const startedMs = clock.monotonic();
  const end = await read(path, parts).catch((thrown: unknown) => endOf(toGatewayError(thrown)));
  measure.ended('folder', 'error' in end ? end.error.code : 'taken', (clock.monotonic() - startedMs) / 1000);
  return end;
}

async function read(path: string, { changes, intake, measure }: FileParts): Promise<FileEnd> {
  // A link that was put in its place meanwhile is not followed.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(unreadable);
  const counted = { bytes: 0 };
  try {
    const taken = await intake.take('folder', changes.readFlatIdocs(piecesOf(file, counted)));
    const { size } = await file.stat();
    if (size === counted.bytes) return { end: 'done', taken };
    return { end: 'cut', error: new GatewayError('IDOC_TRUNCATED', { reason: 'it has grown while it was read' }) };
  } finally {
    measure.received('folder', counted.bytes);
    await file.close();
  }
}

async function* piecesOf(file: FileHandle, counted: { bytes: number }): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes).catch(unreadable);
    if (bytesRead === 0) return;
    counted.bytes += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function unreadable(cause: unknown): never {
  throw new GatewayError('IDOC_FILE_UNREADABLE', { reason: codeOf(cause) }, cause);
}

/** What a person must look at goes out of the way; what passes by itself is tried again. */
function endOf(error: GatewayError): FileEnd {
  if (error.code === 'IDOC_TRUNCATED') return { end: 'cut', error };
  // SAP or the queue being away is no fault of the file; a bug of ours with this file must not hold up the others.
  const isOfTheFile = error.disposition === 'reject' || error.code === 'INTERNAL';
  return { end: isOfTheFile ? 'failed' : 'away', error };
}
