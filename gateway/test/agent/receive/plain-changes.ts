/** Arrivals from the real reading of IDocs, without their translation: each IDoc is a document without changes. */
import { createHash } from 'node:crypto';
import { sapSystemId } from '../../../src/model/index.ts';
import type { SourceDocument } from '../../../src/model/index.ts';
import type { Arrival, SapChanges } from '../../../src/ports/index.ts';
import { readFlatIdocs, readXmlIdocs } from '../../../src/sap/idoc/index.ts';
import type { IdocResult } from '../../../src/sap/idoc/index.ts';

export const system = sapSystemId.parse('ERPCLNT100');
const expected = { client: '100', senders: new Set([system]) };
const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

type Control = Partial<Record<'SNDPRN' | 'DOCNUM' | 'MESTYP', string>>;

const sourceOf = (control: Control): SourceDocument => ({
  kind: 'idoc',
  sender: control.SNDPRN || 'unknown',
  number: control.DOCNUM || 'unknown',
  type: control.MESTYP || 'unknown',
  createdAt: '2026-11-21T10:00:00.000Z',
});

function toArrival(result: IdocResult): Arrival {
  if ('idoc' in result) {
    const { control, segments } = result.idoc;
    return { document: { source: sourceOf(control), contentHash: hashOf(segments), changes: [] } };
  }
  const { control, error } = result.refused;
  return { refused: { source: sourceOf(control), contentHash: hashOf(control), error } };
}

async function* arrivals(results: AsyncIterable<IdocResult>): AsyncGenerator<Arrival> {
  for await (const result of results) yield toArrival(result);
}

/** Reads IDocs of ERPCLNT100, client 100. */
export const plainChanges: Pick<SapChanges, 'readXmlIdocs' | 'readFlatIdocs'> = {
  readXmlIdocs: (chunks, contentType) => {
    const charset = /charset=([\w-]+)/.exec(contentType ?? '')?.[1];
    return arrivals(readXmlIdocs(chunks, { expected, ...(charset === undefined ? {} : { charset }) }));
  },
  readFlatIdocs: (chunks) => arrivals(readFlatIdocs(chunks, { expected })),
};
