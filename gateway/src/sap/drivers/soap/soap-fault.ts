/** A SOAP fault, read without trusting its layout: releases differ in what stands where in the detail. */

export class SoapFault {
  /** `Client` for ABAP exceptions and refusals, `Server` for short dumps; without prefix. */
  readonly code: string;
  readonly text: string;
  /** Upper-case words of text and detail: exception names and runtime error names are among them. */
  readonly keys: readonly string[];

  constructor(code: string, text: string, keys: readonly string[]) {
    this.code = code;
    this.text = text;
    this.keys = keys;
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
  readonly #keys = new Set<string>();

  open(name: string): void {
    this.#depth += 1;
    if (this.#depth === 1) this.#section = name;
    else this.#collect(name);
  }

  text(value: string): void {
    if (this.#section === 'faultcode' && this.#depth === 1) this.#code = (this.#code + value).slice(0, maxText);
    if (this.#section === 'faultstring' && this.#depth === 1) this.#text = (this.#text + value).slice(0, maxText);
    if (this.#section !== 'faultcode') this.#collect(value);
  }

  close(): void {
    this.#depth -= 1;
  }

  result(): SoapFault {
    const code = this.#code.trim();
    return new SoapFault(code.slice(code.lastIndexOf(':') + 1), this.#text.trim(), [...this.#keys]);
  }

  #collect(text: string): void {
    for (const [word] of text.slice(0, 4096).matchAll(/\b[A-Z][A-Z0-9_]{3,}\b/g)) {
      if (this.#keys.size < maxKeys) this.#keys.add(word);
    }
  }
}
