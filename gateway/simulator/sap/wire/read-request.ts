/** Reads a SOAP 1.1 request into the function's name and its parameter elements; anything odd is a fault. */
import { SaxesParser } from 'saxes';
import { SoapFault } from './soap-fault.ts';
import { fromXmlName } from './xml-text.ts';

const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
/** Where SAP's function elements live. */
export const rfcNamespace = 'urn:sap-com:document:sap:rfc:functions';
/** Envelope, body, function, table, item, field: nothing legal is deeper. */
const maxDepth = 6;

export interface Element {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

export interface SoapRequest {
  readonly functionName: string;
  readonly parameters: readonly Element[];
}

interface Tag {
  readonly local: string;
  readonly uri: string;
}

class RequestReader {
  readonly #open: Element[] = [];
  #depth = 0;
  #isInHeader = false;
  #body: 'before' | 'inside' | 'after' = 'before';
  #call: Element | undefined;

  openTag(tag: Tag): void {
    this.#depth += 1;
    if (this.#isInHeader) return;
    if (this.#depth === 1) return this.#expect(tag, 'Envelope');
    if (this.#depth === 2) return this.#openPart(tag);
    if (this.#depth > maxDepth) throw new SoapFault('Client', 'The request is nested too deeply');
    const element: Element = { name: fromXmlName(tag.local), text: '', children: [] };
    if (this.#depth === 3) this.#openFunction(tag, element);
    else this.#openParameter(tag, element);
    this.#open.push(element);
  }

  closeTag(): void {
    if (this.#depth === 2 && this.#body === 'inside') this.#body = 'after';
    if (this.#depth === 2) this.#isInHeader = false;
    this.#depth -= 1;
    if (this.#isInHeader || this.#depth < 2) return;
    const element = this.#open.pop();
    if (element === undefined || element.children.length === 0) return;
    if (element.text.trim() !== '') throw new SoapFault('Client', `Element ${element.name} mixes text and elements`);
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
    else if (!this.#isInHeader && text.trim() !== '') throw new SoapFault('Client', 'Text outside of the function');
  }

  finish(): SoapRequest {
    if (this.#call === undefined) throw new SoapFault('Client', 'The SOAP body holds no function');
    return { functionName: this.#call.name, parameters: this.#call.children };
  }

  #expect(tag: Tag, local: string): void {
    if (tag.uri === envelopeNamespace && tag.local === local) return;
    throw new SoapFault('Client', `SOAP 1.1 ${local} expected, ${tag.local} found`, { exception: 'SOAP_VERSION' });
  }

  #openPart(tag: Tag): void {
    if (tag.uri === envelopeNamespace && tag.local === 'Header' && this.#body === 'before') {
      this.#isInHeader = true;
      return;
    }
    this.#expect(tag, 'Body');
    if (this.#body !== 'before') throw new SoapFault('Client', 'More than one SOAP body');
    this.#body = 'inside';
  }

  #openFunction(tag: Tag, element: Element): void {
    if (this.#call !== undefined) throw new SoapFault('Client', 'More than one function in the SOAP body');
    if (tag.uri !== rfcNamespace)
      throw new SoapFault('Client', `Function ${tag.local} is not in namespace ${rfcNamespace}`);
    this.#call = element;
  }

  #openParameter(tag: Tag, element: Element): void {
    if (tag.uri !== '') throw new SoapFault('Client', `Element ${tag.local} must not have a namespace`);
    this.#open.at(-1)?.children.push(element);
  }
}

/** Parses the body of a call; throws SoapFault for whatever is not a plain SOAP 1.1 RFC call. */
export function readRequest(xml: string): SoapRequest {
  const reader = new RequestReader();
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', (error) => {
    throw new SoapFault('Client', `XML is not well-formed: ${error.message}`);
  });
  parser.on('xmldecl', ({ version, encoding }) => {
    const isPlain = (version ?? '1.0') === '1.0' && /^utf-8$/i.test(encoding ?? 'utf-8');
    if (!isPlain) throw new SoapFault('Client', 'Only XML 1.0 in UTF-8 is accepted');
  });
  // SOAP 1.1 forbids both, and a DTD is the door to entity bombs and file reads.
  parser.on('doctype', () => {
    throw new SoapFault('Client', 'A document type declaration is not allowed');
  });
  parser.on('processinginstruction', () => {
    throw new SoapFault('Client', 'Processing instructions are not allowed');
  });
  parser.on('opentag', (tag) => reader.openTag(tag));
  parser.on('closetag', () => reader.closeTag());
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  parser.write(xml).close();
  return reader.finish();
}
