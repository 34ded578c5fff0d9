/** IDocs from a flat file, as SAP's file port writes them, in a stream. */
import { Admission } from '../admission.ts';
import type { ByteChunks } from '../blocks.ts';
import { byteOrderMark, openDecoding, wrongEncoding } from '../decoding.ts';
import type { Decoding } from '../decoding.ts';
import type { IdocExpectations } from '../expectations.ts';
import type { IdocResult } from '../idoc.ts';
import { defaultIdocLimits } from '../limits.ts';
import type { IdocLimits } from '../limits.ts';
import { readBlocks } from '../read-blocks.ts';
import type { BlockReader } from '../read-blocks.ts';
import { FlatIdocs } from './flat-idocs.ts';
import { FlatRecords } from './flat-records.ts';
import { shippedLayouts } from './segment-layouts.ts';
import type { SegmentLayouts } from './segment-layouts.ts';

export interface FlatIdocOptions {
  readonly expected: IdocExpectations;
  readonly limits?: Partial<IdocLimits>;
  /** The encoding by its IANA name, as the file port writes it; UTF-8 when left out, or what a byte order mark says. */
  readonly encoding?: string;
  /** Those that come with Gangway when left out. */
  readonly layouts?: SegmentLayouts;
}

/**
 * Reads a file, with the same promises as `readXmlIdocs`. One thing a flat file cannot show: it has no end mark, so one
 * that was cut exactly between two records looks complete. Read a file only when SAP has finished writing it.
 */
export function readFlatIdocs(
  chunks: ByteChunks,
  { expected, limits, encoding, layouts = shippedLayouts() }: FlatIdocOptions,
): AsyncGenerator<IdocResult, void, undefined> {
  const all = { ...defaultIdocLimits, ...limits };
  return readBlocks(chunks, all.documentBytes, new FlatBlocks(new Admission(expected, all), layouts, encoding));
}

class FlatBlocks implements BlockReader {
  readonly #admission: Admission;
  readonly #encoding: string | undefined;
  readonly #idocs: FlatIdocs;
  readonly #records: FlatRecords;
  #decoding: Decoding | undefined;

  constructor(admission: Admission, layouts: SegmentLayouts, encoding: string | undefined) {
    this.#admission = admission;
    this.#encoding = encoding;
    this.#idocs = new FlatIdocs(admission, layouts);
    this.#records = new FlatRecords(this.#idocs);
  }

  write(block: Buffer): void {
    const isFirst = this.#decoding === undefined;
    this.#decoding ??= openDecoding(chooseEncoding(block, this.#encoding));
    const text = this.#decoding.decode(block);
    this.#records.write(isFirst ? text.replace(/^\ufeff/, '') : text);
    if (this.#decoding.failure !== undefined) throw this.#decoding.failure;
  }

  end(): void {
    this.#decoding?.end();
    this.#records.end();
    this.#idocs.end();
  }

  take(): readonly IdocResult[] {
    return this.#admission.take();
  }
}

function chooseEncoding(block: Buffer, said: string | undefined): string {
  const mark = byteOrderMark(block);
  if (mark === undefined) return said ?? 'utf-8';
  if (said !== undefined && !mark.replace('-', '').startsWith(said.toLowerCase().replace('-', ''))) {
    throw wrongEncoding(said, `its byte order mark says ${mark}`);
  }
  return mark;
}
