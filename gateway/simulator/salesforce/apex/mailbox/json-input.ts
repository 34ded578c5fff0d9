/** Reads what came over the wire, strictly (JsonInput): every field has its type and its size, or nothing is done. */
import { z } from 'zod';

/** Why a call of the mailbox does nothing: the status and the body of its answer. */
export class MailboxRefusal extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(message);
    this.name = 'MailboxRefusal';
    this.status = status;
    this.error = error;
  }
}

/** The call is not what the contract says. */
export const malformed = (message: string): MailboxRefusal => new MailboxRefusal(400, 'REQUEST_MALFORMED', message);

const maxBody = 1_500_000;
const anyObject = z.record(z.string(), z.unknown());

export class JsonInput {
  readonly #content: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(content: unknown, path: string) {
    const parsed = anyObject.safeParse(content);
    const what = path === '' ? 'The body' : path.replace(/\.$/, '');
    if (!parsed.success || Array.isArray(content)) throw malformed(`${what} must be an object.`);
    this.#content = parsed.data;
    this.#path = path;
  }

  static read(body: string): JsonInput {
    if (Buffer.byteLength(body) > maxBody) throw malformed('The body is too large.');
    let content: unknown;
    try {
      content = JSON.parse(body);
    } catch {
      throw malformed('The body is not valid JSON.');
    }
    return new JsonInput(content, '');
  }

  /** The object as it came. */
  get content(): Readonly<Record<string, unknown>> {
    return this.#content;
  }

  text(name: string, maxLength: number): string {
    const text = this.optionalText(name, maxLength);
    if (text === null || text.trim() === '') throw this.wrong(name, 'is missing');
    return text;
  }

  optionalText(name: string, maxLength: number): string | null {
    return this.#textOf(this.#content[name] ?? null, name, maxLength);
  }

  wholeNumber(name: string, low: number, high: number): number {
    const value = this.optionalNumber(name, low, high);
    if (value === null) throw this.wrong(name, 'is missing');
    return value;
  }

  optionalNumber(name: string, low: number, high: number): number | null {
    const value = this.#content[name] ?? null;
    if (value === null) return null;
    if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
    throw this.wrong(name, `must be a whole number from ${low} to ${high}`);
  }

  flag(name: string): boolean {
    const value = this.#content[name];
    if (typeof value !== 'boolean') throw this.wrong(name, 'must be true or false');
    return value;
  }

  texts(name: string, maxSize: number, maxLength: number): string[] {
    return this.#entries(name, maxSize).map((entry) => {
      const text = this.#textOf(entry, name, maxLength);
      if (text === null || text.trim() === '') throw this.wrong(name, 'has an empty entry');
      return text;
    });
  }

  objects(name: string, maxSize: number): JsonInput[] {
    return this.#entries(name, maxSize).map((entry) => new JsonInput(entry, `${this.#path}${name}.`));
  }

  child(name: string): JsonInput {
    return new JsonInput(this.#content[name], `${this.#path}${name}.`);
  }

  /** This object in a shape of the package's own. */
  asType<T>(shape: z.ZodType<T>): T {
    const parsed = shape.safeParse(this.#content);
    if (!parsed.success) throw malformed(`${this.#path.replace(/\.$/, '')} cannot be read.`);
    return parsed.data;
  }

  wrong(name: string, wrong: string): MailboxRefusal {
    return malformed(`${this.#path}${name} ${wrong}.`);
  }

  #entries(name: string, maxSize: number): unknown[] {
    const value = this.#content[name] ?? [];
    if (!Array.isArray(value)) throw this.wrong(name, 'must be a list');
    const entries: unknown[] = value;
    if (entries.length > maxSize) throw this.wrong(name, `has more than ${maxSize} entries`);
    return entries;
  }

  #textOf(value: unknown, name: string, maxLength: number): string | null {
    if (value === null) return null;
    if (typeof value !== 'string') throw this.wrong(name, 'must be a text');
    if (value.length > maxLength) throw this.wrong(name, `is longer than ${maxLength} characters`);
    return value;
  }
}
