/** Reads a staging file that SAP's background job wrote: one object after the other, each a document of its own. */
import { GatewayError } from '../../errors/index.ts';
import { orderOf, sourceDocument } from '../../model/index.ts';
import type { ChangeOrder, RecordChange, SourceDocument } from '../../model/index.ts';
import type { Arrival, ByteStream, SapChanges, StagingHead } from '../../ports/index.ts';
import type { StagingOrigin } from './staging-layout.ts';
import { linesOf } from './staging-lines.ts';
import { StagingObjects } from './staging-objects.ts';
import type { StagedObject } from './staging-objects.ts';

export interface StagingParts {
  /** Logical system and client whose files are taken. */
  readonly system: string;
  readonly client: string;
  /** Asked once per file: SAP's customizing does not change between two of its objects. */
  readonly translator: () => Promise<TranslateObject>;
}

/** Rows of one object as changes of records; throws a GatewayError for what cannot be read. */
export type TranslateObject = (
  object: StagedObject,
  kind: StagingHead['kind'],
  order: ChangeOrder,
) => readonly RecordChange[];

/** Room for a logical system of ten characters before it. */
const maxFileCharacters = 69;

/** The reader for one SAP system. */
export function openStaging(parts: StagingParts): SapChanges['readStaging'] {
  return async function* (chunks: ByteStream, file: string, skip: number) {
    const translate = await parts.translator();
    const objects = new StagingObjects(skip, (origin) => refuseForeign(origin, parts));
    let reading: Reading | undefined;
    for await (const lines of linesOf(chunks)) {
      for (const line of lines) {
        const part = objects.take(line);
        if (part === undefined) continue;
        if ('head' in part) reading = { head: part.head, source: sourceOf(part.head, parts.system, file), translate };
        yield 'object' in part ? arrivalOf(part.object, reading) : part;
      }
    }
    for (const part of objects.end()) yield 'object' in part ? arrivalOf(part.object, reading) : part;
  };
}

/** What all objects of a file have in common; `number` is its first line, each has its own. */
function sourceOf({ kind, createdAt }: StagingHead, system: string, file: string): SourceDocument {
  const sender = `${system}/${file.slice(-maxFileCharacters)}`;
  return sourceDocument.parse({ kind: 'load', sender, number: '1', type: `load of ${kind}`, createdAt });
}

function refuseForeign({ head, client }: StagingOrigin, parts: StagingParts): void {
  if (head.system === parts.system && client === parts.client) return;
  throw new GatewayError('STAGING_FOREIGN', {
    found: `${head.system}, client ${client}`,
    expected: `${parts.system}, client ${parts.client}`,
  });
}

interface Reading {
  readonly head: StagingHead;
  readonly source: SourceDocument;
  readonly translate: TranslateObject;
}

function arrivalOf(object: StagedObject, reading: Reading | undefined): Arrival {
  if (reading === undefined) throw new GatewayError('INTERNAL', { reason: 'an object before the head' });
  const { head, translate } = reading;
  const number = String(object.line);
  const source: SourceDocument = { ...reading.source, number };
  try {
    const changes = translate(object, head.kind, orderOf(head.createdAt, number));
    const document = {
      source,
      // Nobody who loads or compares asks for it, and it would cost as much as reading the rows.
      get contentHash() {
        return object.hash;
      },
      changes: [...changes],
    };
    return { document };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { refused: { source, contentHash: object.hash, error } };
  }
}
