/** Reads a request body up to a limit. */
import type { IncomingMessage } from 'node:http';

/** The bytes; undefined when there are too many. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on('error', reject);
    // A caller that hangs up half-way must not leave a promise behind.
    request.on('close', () => resolve(undefined));
  });
}
