/** The way both formats are read: block by block, each IDoc handed on when it is whole, the next asked for when it was taken. */
import type { GatewayError } from '../../errors/index.ts';
import { toGatewayError } from '../../errors/index.ts';
import { blocksOf } from './blocks.ts';
import type { ByteChunks } from './blocks.ts';
import type { IdocResult } from './idoc.ts';

export interface BlockReader {
  write(block: Buffer): void;
  /** There are no more blocks. */
  end(): void;
  /** What is ready to be handed on, once. */
  take(): readonly IdocResult[];
}

/** What was whole before an error is handed on before the error is thrown. */
export async function* readBlocks(
  chunks: ByteChunks,
  maxBytes: number,
  reader: BlockReader,
): AsyncGenerator<IdocResult, void, undefined> {
  for await (const block of blocksOf(chunks, maxBytes)) {
    const failure = attempt(() => reader.write(block));
    // One by one: `yield*` would make each of them two promises more.
    for (const result of reader.take()) yield result;
    if (failure !== undefined) throw failure;
  }
  const failure = attempt(() => reader.end());
  for (const result of reader.take()) yield result;
  if (failure !== undefined) throw failure;
}

function attempt(step: () => void): GatewayError | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    return toGatewayError(error);
  }
}
