/** Lines of a file that this room has written itself: each ends with `\n`, so nothing stands behind the last end. */
import { createReadStream } from 'node:fs';

/** The lines of each block, without their ends. Not readline: for it U+2028 in a value is an end of line. */
export async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
}
