/** The elements of a document around its IDocs: a SOAP envelope perhaps, the root named after the type, IDOC again and again. */
import { GatewayError } from '../../../errors/index.ts';
import type { XmlHandler } from '../../drivers/soap/xml-scanner.ts';
import type { Admission } from '../admission.ts';
import { sapName } from './sap-names.ts';
import { XmlIdoc } from './xml-idoc.ts';

export class XmlIdocs implements XmlHandler {
  readonly #admission: Admission;
  /** Open elements. */
  #depth = 0;
  /** Where the root named after the type stands: 1, or 3 in a SOAP envelope. */
  #rootDepth = 1;
  #rootName: string | undefined;
  #idoc: XmlIdoc | undefined;
  /** The depth of an element that is passed over with all that is in it; 0 for none. */
  #passedDepth = 0;

  constructor(admission: Admission) {
    this.#admission = admission;
  }

  open(name: string, attributes: string): void {
    this.#depth += 1;
    if (this.#passedDepth > 0) return;
    if (this.#idoc === undefined) return this.#openAround(name);
    try {
      this.#idoc.open(name, attributes);
    } catch (error) {
      this.#refuse(error, this.#idoc);
    }
  }

  text(value: string): void {
    if (this.#passedDepth > 0) return;
    if (this.#idoc === undefined) {
      if (/[^ \t\r\n]/.test(value)) throw malformed('text stands outside of its IDocs');
      return;
    }
    try {
      this.#idoc.text(value);
    } catch (error) {
      this.#refuse(error, this.#idoc);
    }
  }

  close(): void {
    this.#depth -= 1;
    if (this.#passedDepth > 0) {
      if (this.#depth < this.#passedDepth) this.#passedDepth = 0;
      return;
    }
    if (this.#idoc === undefined) return;
    if (this.#depth === this.#rootDepth) return this.#finish(this.#idoc);
    try {
      this.#idoc.close();
    } catch (error) {
      this.#refuse(error, this.#idoc);
    }
  }

  /** The document is complete. */
  end(): void {
    if (this.#admission.count === 0) throw malformed('there is no IDoc in it');
  }

  #openAround(name: string): void {
    if (this.#depth <= this.#rootDepth) return this.#openWrapper(name);
    if (name !== 'IDOC') throw malformed(`${shortened(name)} stands where an IDOC belongs`);
    this.#idoc = new XmlIdoc(this.#admission.begin());
  }

  #openWrapper(name: string): void {
    if (this.#depth === 1 && name === 'Envelope') {
      this.#rootDepth = 3;
      return;
    }
    if (this.#depth < this.#rootDepth) return this.#openInEnvelope(name);
    if (this.#rootName !== undefined) throw malformed('there are two documents in its envelope');
    this.#rootName = sapName(name);
  }

  #openInEnvelope(name: string): void {
    if (name === 'Header') this.#passedDepth = this.#depth;
    else if (name !== 'Body') throw malformed(`${shortened(name)} stands in its envelope`);
  }

  #finish(idoc: XmlIdoc): void {
    this.#idoc = undefined;
    this.#admission.finish(idoc.draft, this.#rootName);
  }

  /** What is left of the IDoc is passed over, without keeping any of it. */
  #refuse(error: unknown, idoc: XmlIdoc): void {
    this.#idoc = undefined;
    this.#passedDepth = this.#rootDepth + 1;
    this.#admission.refuse(error, idoc.control);
  }
}

/** Of a hostile name a beginning will do. */
const shortened = (name: string): string => name.slice(0, 40);

function malformed(reason: string): GatewayError {
  return new GatewayError('IDOC_MALFORMED', { reason });
}
