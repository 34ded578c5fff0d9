/** Chunks of bytes as a network or a disk gives them, made blocks: no chunk is too small or too large. */
import { GatewayError } from '../../errors/index.ts';
import { tooLarge } from './idoc-draft.ts';

/** Bytes as they come: a request, a file, an array of buffers. */
export type ByteChunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Large enough that joining at its borders costs nothing, small enough that a document's size does not matter. */
const blockBytes = 65_536;
/** Smaller chunks are put together: a block of its own costs as much as so many bytes of it. */
const smallBytes = 16_384;

/**
 * Blocks to be used at once, because their memory is used again. Without them a document in chunks of one byte would take
 * hours, and one in a single chunk all the memory there is.
 */
export async function* blocksOf(chunks: ByteChunks, maxBytes: number): AsyncGenerator<Buffer, void, undefined> {
  const block = Buffer.allocUnsafeSlow(blockBytes);
  let used = 0;
  let total = 0;
  for await (const chunk of untilLost(chunks)) {
    total += chunk.byteLength;
    if (total > maxBytes) throw tooLarge('bytes', maxBytes);
    const isSmall = chunk.byteLength < smallBytes;
    if (used > 0 && (!isSmall || used + chunk.byteLength > blockBytes)) {
      yield block.subarray(0, used);
      used = 0;
    }
    if (isSmall) {
      block.set(chunk, used);
      used += chunk.byteLength;
      continue;
    }
    // Nothing is copied where chunks are large; most are.
    for (let from = 0; from < chunk.byteLength; from += blockBytes) {
      const piece = chunk.subarray(from, from + blockBytes);
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    }
  }
  if (used > 0) yield block.subarray(0, used);
}

/** A connection that breaks is a document that is cut off. */
async function* untilLost(chunks: ByteChunks): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError('IDOC_TRUNCATED', { reason: 'its transfer ended with an error' }, error);
  }
}
