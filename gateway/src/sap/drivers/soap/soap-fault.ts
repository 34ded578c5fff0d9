/** A SOAP fault, read without trusting its layout: releases differ in what stands where in the detail. */

export class SoapFault {
  /** `Client` for ABAP exceptions and refusals, `Server` for short dumps; without prefix. */
  readonly code: string;
  readonly text: string;
  /** What stands alone in an element of the detail, or names one: exceptions and runtime errors. */
  readonly names: readonly string[];
  /** Upper-case words inside of sentences; they may also come from data that SAP quotes. */
  readonly words: readonly string[];

  constructor(code: string, text: string, names: readonly string[], words: readonly string[]) {
    this.code = code;
    this.text = text;
    this.names = names;
    this.words = words;
  }
}

/** Faults are small; more words than this are the text of a dump, in which no key is looked for. */
const maxKeys = 64;
const maxText = 500;

/** Collects a fault from XML events. */
export class FaultReader {
  #depth = 0;
  #section = '';
  #code = '';
  #text = '';
  #element = '';
  readonly #names = new Set<string>();
  readonly #words = new Set<string>();

  open(name: string): void {
    this.#depth += 1;
    this.#element = '';
    if (this.#depth === 1) this.#section = name;
    else collect(this.#names, name, alone);
  }

  text(value: string): void {
    if (this.#section === 'faultcode' && this.#depth === 1) this.#code = (this.#code + value).slice(0, maxText);
    if (this.#section === 'faultstring' && this.#depth === 1) this.#text = (this.#text + value).slice(0, maxText);
    this.#element = (this.#element + value).slice(0, maxText);
  }

  close(): void {
    this.#depth -= 1;
    if (this.#section !== 'faultcode') collect(this.#words, this.#element, inside);
    if (this.#section === 'detail') collect(this.#names, this.#element.trim(), alone);
    this.#element = '';
  }

  result(): SoapFault {
    const code = this.#code.trim();
    const side = code.slice(code.lastIndexOf(':') + 1);
    return new SoapFault(side, this.#text.trim(), [...this.#names], [...this.#words]);
  }
}

const alone = /^[A-Z][A-Z0-9_]{3,}$/g;
const inside = /\b[A-Z][A-Z0-9_]{3,}\b/g;

function collect(found: Set<string>, text: string, pattern: RegExp): void {
  for (const [word] of text.matchAll(pattern)) {
    if (found.size < maxKeys) found.add(word);
  }
}
