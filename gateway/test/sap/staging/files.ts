/** Staging files for tests, as text and in pieces of any size, and what reading them gives. */
import { sapSystemId } from '../../../src/model/index.ts';
import type { RecordChange } from '../../../src/model/index.ts';
import type { SapChanges } from '../../../src/ports/index.ts';
import { openStaging } from '../../../src/sap/staging/read-staging.ts';
import type { StagedObject } from '../../../src/sap/staging/staging-objects.ts';

export const headLine = '#STAGING\t1\tERPCLNT100\t100\tcustomers\t20261121101500';
const columnLines = ['#KNA1\tKUNNR\tNAME1\tAUFSD', '#KNVV\tKUNNR\tVKORG', '#KNKK\tKUNNR\tKLIMK'];

/** A file of customers with these rows; its last line counts them unless another one is given. */
export function fileOf(rows: readonly string[], end?: string): string {
  const objects = rows.filter((row) => row.startsWith('KNA1\t')).length;
  return [headLine, ...columnLines, ...rows, end ?? `#END\t${objects}\t${rows.length}`, ''].join('\n');
}

/** The bytes in pieces of `size`, so that lines and characters are cut anywhere. */
export function* inPieces(text: string | Buffer, size = 7): Generator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** A reader whose objects end up in `seen`; each is one change without fields. */
export function readerInto(seen: StagedObject[], refuse?: (object: StagedObject) => void): SapChanges['readStaging'] {
  return openStaging({
    system: 'ERPCLNT100',
    client: '100',
    translator: () =>
      Promise.resolve((object, _kind, order): readonly RecordChange[] => {
        refuse?.(object);
        seen.push(object);
        const key = { system: sapSystemId.parse('ERPCLNT100'), kind: 'customer' as const, id: object.key };
        return [{ key, facet: 'master', order, fields: {}, isRemoved: false, parents: [] }];
      }),
  });
}

export async function readAll<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of stream) all.push(each);
  return all;
}
