/** The rows that did not reach Salesforce, in a file beside the staging file: what, why, and what to do. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { GatewayError } from '../../errors/index.ts';

export interface Failure {
  /** Line of the staging file on which the object begins. */
  readonly line: string;
  /** The record's kind and id; of an object that could not be understood, nothing. */
  readonly kind: string;
  readonly id: string;
  readonly error: GatewayError;
}

const columns = ['line', 'kind', 'id', 'code', 'what happened', 'next step', 'whose words'];

export class FailureList {
  readonly path: string;
  readonly #file: FileHandle;
  #bytes: number;

  private static async at(path: string, bytes: number): Promise<FileHandle> {
    const file = await open(path, bytes === 0 ? 'w' : 'r+', 0o600);
    if (bytes > 0) await file.truncate(bytes);
    return file;
  }

  /** Goes on behind the first `bytes`; anew for zero. */
  static async open(path: string, bytes: number): Promise<FailureList> {
    const list = new FailureList(path, await FailureList.at(path, bytes), bytes);
    if (bytes === 0) await list.#write(`${columns.join('\t')}\n`);
    return list;
  }

  private constructor(path: string, file: FileHandle, bytes: number) {
    this.path = path;
    this.#file = file;
    this.#bytes = bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** On disk when it resolves: the checkpoint that follows counts on it. */
  async add(failures: readonly Failure[]): Promise<void> {
    if (failures.length === 0) return;
    await this.#write(failures.map(lineOf).join(''));
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #write(text: string): Promise<void> {
    const { bytesWritten } = await this.#file.write(text, this.#bytes);
    this.#bytes += bytesWritten;
  }
}

function lineOf({ line, kind, id, error }: Failure): string {
  const words = error.sapMessages.map(({ text }) => text).join(' ');
  return `${[line, kind, id, error.code, error.message, error.advice, words].map(asCell).join('\t')}\n`;
}

/** One cell: nothing that ends it, and nothing that a spreadsheet would take for a formula. */
export function asCell(text: string): string {
  const plain = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return /^[=+\-@]/.test(plain) && !/^-?\d+(\.\d+)?$/.test(plain) ? `'${plain}` : plain;
}
