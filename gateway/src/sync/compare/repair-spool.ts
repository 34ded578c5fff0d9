/** What a repair would change, kept on disk until somebody has said yes; then handed to the queue. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { arrivedDocument, orderOf, recordPaths } from '../../model/index.ts';
import type { ArrivedDocument, RecordChange, RecordKey, SourceDocument } from '../../model/index.ts';
import type { ChangeQueue, StagingHead } from '../../ports/index.ts';
import { linesOf } from './spooled-lines.ts';

/** Synced to disk together; a few MB. */
const documentsAtOnce = 500;

export interface RepairOrigin {
  readonly head: StagingHead;
  readonly fileName: string;
  /** Of the comparison, `YYYYMMDDHHMMSS`: two comparisons of one file are different documents. */
  readonly stamp: string;
}

export class RepairSpool {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #origin: RepairOrigin;
  #count = 0;

  static async open(path: string, origin: RepairOrigin): Promise<RepairSpool> {
    return new RepairSpool(path, await open(path, 'wx', 0o600), origin);
  }

  private constructor(path: string, file: FileHandle, origin: RepairOrigin) {
    this.#path = path;
    this.#file = file;
    this.#origin = origin;
  }

  get count(): number {
    return this.#count;
  }

  /** SAP's side shall stand in Salesforce, as old as the extraction, so that what is newer stays. */
  async addChanges(changes: readonly RecordChange[]): Promise<void> {
    this.#count += 1;
    const { head, fileName, stamp } = this.#origin;
    const source: SourceDocument = {
      kind: 'load',
      sender: `${head.system}/${fileName}`.slice(0, 80),
      number: `${stamp}-${this.#count}`,
      type: 'comparison',
      createdAt: head.createdAt,
    };
    const content = JSON.stringify(changes);
    const contentHash = createHash('sha256').update(content).digest('hex');
    await this.#file.write(`${JSON.stringify({ source, contentHash, changes })}\n`);
  }

  /** SAP has it no more: nothing is deleted, it is marked. */
  async addRemoval(key: RecordKey): Promise<void> {
    const order = orderOf(this.#origin.head.createdAt, '0');
    // The facet that says whether a record of this kind is gone; the org believes no other.
    const removal = recordPaths[key.kind].find(({ path }) => path === 'isRemoved');
    const fields = removal === undefined ? {} : { isRemoved: true };
    await this.addChanges([{ key, facet: removal?.facet ?? 'master', order, fields, isRemoved: true, parents: [] }]);
  }

  /** Into the queue, from which the running agent takes them; tells how many by now. */
  async repair(queue: Pick<ChangeQueue, 'accept'>, progress: (accepted: number) => void): Promise<number> {
    let documents: ArrivedDocument[] = [];
    let accepted = 0;
    const accept = async (): Promise<void> => {
      if (documents.length === 0) return;
      await queue.accept(documents);
      accepted += documents.length;
      documents = [];
      progress(accepted);
    };
    for await (const lines of linesOf(this.#path)) {
      for (const line of lines) {
        documents.push(arrivedDocument.parse(JSON.parse(line)));
        if (documents.length === documentsAtOnce) await accept();
      }
    }
    await accept();
    return accepted;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
