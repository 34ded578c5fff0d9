/** The list of differences for people: one line per field that differs or record that is missing, in a file that spreadsheets open. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { FieldValue } from '../../model/index.ts';
import { asCell } from '../load/index.ts';
import type { Difference } from './differences.ts';

const columns = ['kind', 'id', 'what', 'field', 'SAP', 'Salesforce', 'not repaired because', 'record'];
/** A write per difference would cost more than the difference. */
const blockCharacters = 64 * 1024;

export class DifferenceList {
  readonly #file: FileHandle;
  #block = `${columns.join('\t')}\n`;

  static async open(path: string): Promise<DifferenceList> {
    return new DifferenceList(await open(path, 'w', 0o600));
  }

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  async add({ key, what, fields, recordId, apart }: Difference): Promise<void> {
    const row = (path: string, sap: FieldValue, salesforce: FieldValue): string =>
      [key.kind, key.id, what, path, wordOf(sap), wordOf(salesforce), apart ?? '', recordId ?? '']
        .map(asCell)
        .join('\t');
    const rows = fields.length === 0 ? [row('', null, null)] : fields.map((it) => row(it.path, it.sap, it.salesforce));
    this.#block += rows.map((each) => `${each}\n`).join('');
    if (this.#block.length >= blockCharacters) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    await this.#file.write(this.#block);
    this.#block = '';
  }
}

const wordOf = (value: FieldValue): string => (value === null ? '' : String(value));
