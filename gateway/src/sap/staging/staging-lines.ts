/** Lines of a staging file from its bytes: strict UTF-8, ends of line as SAP writes them, never more than one block in memory. */
import { TextDecoder } from 'node:util';
import { GatewayError } from '../../errors/index.ts';
import type { ByteStream } from '../../ports/index.ts';

/** The widest row, KNA1 with every field filled, has some 3,000 characters; the rest is room for fields customers append. */
const maxLineCharacters = 100_000;

/** The error for a line that the extraction would not write. */
export function malformed(line: number, reason: string, cause?: unknown): GatewayError {
  return new GatewayError('STAGING_MALFORMED', { line, reason }, cause);
}

/**
 * The whole lines of each block, without their ends. What stands behind the last end of line is no line: a copy that was cut
 * there may have lost a part of it, so it is never given.
 */
export async function* linesOf(chunks: ByteStream): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let done = 0;
  for await (const chunk of chunks) {
    const lines = (rest + decode(decoder, chunk, done + 1)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLineCharacters) throw malformed(done + lines.length + 1, 'it is too long');
    done += lines.length;
    if (lines.length > 0) yield lines;
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array, line: number): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw malformed(line, 'from here on it is not UTF-8', error);
  }
}
