/** A queue that keeps what it is given, when the test lets it. */
import type { ArrivedDocument } from '../../../src/model/index.ts';
import type { Accepted, ChangeQueue, Checkpoint, RefusedDocument } from '../../../src/ports/index.ts';

export class QueueInMemory implements Pick<ChangeQueue, 'accept' | 'refuse' | 'checkpoint' | 'remember'> {
  readonly documents: ArrivedDocument[] = [];
  readonly refusals: RefusedDocument[] = [];
  readonly checkpoints = new Map<string, string>();
  /** Documents by call of `accept`. */
  readonly batches: number[] = [];
  /** What each call waits for before anything is kept; may throw. */
  gate: () => Promise<void> = () => Promise.resolve();
  #position = 0;

  async accept(documents: readonly ArrivedDocument[], checkpoint?: Checkpoint): Promise<readonly Accepted[]> {
    await this.gate();
    this.batches.push(documents.length);
    const accepted = documents.map((document) => this.#keep(document));
    if (checkpoint !== undefined) this.checkpoints.set(checkpoint.name, checkpoint.value);
    return accepted;
  }

  async refuse(document: RefusedDocument): Promise<Accepted> {
    await this.gate();
    this.refusals.push(document);
    this.#position += 1;
    return { result: 'new', position: this.#position };
  }

  checkpoint(name: string): Promise<string | undefined> {
    return Promise.resolve(this.checkpoints.get(name));
  }

  remember({ name, value }: Checkpoint): Promise<void> {
    this.checkpoints.set(name, value);
    return Promise.resolve();
  }

  /** Numbers of what was kept. */
  get numbers(): readonly string[] {
    return this.documents.map(({ source }) => source.number);
  }

  #keep(document: ArrivedDocument): Accepted {
    const { sender, number } = document.source;
    const known = this.documents.find(({ source }) => source.sender === sender && source.number === number);
    if (known !== undefined)
      return { result: known.contentHash === document.contentHash ? 'repeated' : 'conflict', position: 1 };
    this.documents.push(document);
    this.#position += 1;
    return { result: 'new', position: this.#position };
  }
}
