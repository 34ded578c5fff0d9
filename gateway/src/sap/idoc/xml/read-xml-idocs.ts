/** IDocs from XML, as SAP's XML-HTTP port sends them and XML files hold them, in a stream. */
import { GatewayError } from '../../../errors/index.ts';
import { XmlScanner } from '../../drivers/soap/xml-scanner.ts';
import { Admission } from '../admission.ts';
import type { ByteChunks } from '../blocks.ts';
import type { IdocExpectations } from '../expectations.ts';
import type { IdocResult } from '../idoc.ts';
import { defaultIdocLimits } from '../limits.ts';
import type { IdocLimits } from '../limits.ts';
import { readBlocks } from '../read-blocks.ts';
import type { BlockReader } from '../read-blocks.ts';
import { XmlText } from './xml-encoding.ts';
import { XmlIdocs } from './xml-idocs.ts';

export interface XmlIdocOptions {
  readonly expected: IdocExpectations;
  readonly limits?: Partial<IdocLimits>;
  /** The charset of the Content-Type header, if it has one. */
  readonly charset?: string;
}

/**
 * Reads a document. Each IDoc is given when its end was read, or as refused when it breaks a rule while the document around
 * it can still be read; the next is read when the caller asks for it.
 *
 * A throw ends the document: nothing of it may be acknowledged, though IDocs given before it are whole and may be kept
 * (SAP sends all of them again, under the same numbers). After an end without a throw the document may be acknowledged, once
 * every IDoc given is durable and every refused one is noted: sending it again would not make it better.
 */
export function readXmlIdocs(
  chunks: ByteChunks,
  { expected, limits, charset }: XmlIdocOptions,
): AsyncGenerator<IdocResult, void, undefined> {
  const all = { ...defaultIdocLimits, ...limits };
  return readBlocks(chunks, all.documentBytes, new XmlBlocks(new Admission(expected, all), charset));
}

class XmlBlocks implements BlockReader {
  readonly #admission: Admission;
  readonly #text: XmlText;
  readonly #idocs: XmlIdocs;
  readonly #scanner: XmlScanner;

  constructor(admission: Admission, charset: string | undefined) {
    this.#admission = admission;
    this.#text = new XmlText(charset);
    this.#idocs = new XmlIdocs(admission);
    this.#scanner = new XmlScanner(this.#idocs);
  }

  write(block: Buffer): void {
    const text = this.#text.decode(block);
    inWordsOfIdocs('IDOC_MALFORMED', () => this.#scanner.write(text));
    if (this.#text.failure !== undefined) throw this.#text.failure;
  }

  end(): void {
    this.#text.end();
    inWordsOfIdocs('IDOC_TRUNCATED', () => this.#scanner.end());
    this.#idocs.end();
  }

  take(): readonly IdocResult[] {
    return this.#admission.take();
  }
}

/** The scanner speaks of SAP's answers; here the document is SAP's own call. */
function inWordsOfIdocs(code: 'IDOC_MALFORMED' | 'IDOC_TRUNCATED', step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'SAP_ANSWER_UNREADABLE') throw error;
    throw new GatewayError(code, error.context, error);
  }
}
