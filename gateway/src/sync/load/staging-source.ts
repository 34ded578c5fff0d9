/** A staging file as load and comparison see it: read from its beginning as often as they like. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { GatewayError } from '../../errors/index.ts';
import type { ByteStream, SapChanges, StagingHead } from '../../ports/index.ts';

/** Some hundred rows at a time: smaller pieces cost more than their lines, larger ones only memory. */
const blockBytes = 256 * 1024;

/** The whole file was there when it was looked through, and this is what it has. */
export interface StagingFile {
  /** Without its folder. */
  readonly name: string;
  readonly head: StagingHead;
  readonly objects: number;
  /** SHA-256 of its bytes: what was loaded of one file says nothing about another one of the same name. */
  readonly hash: string;
}

type ReadStaging = SapChanges['readStaging'];
export type StagingPart = ReturnType<ReadStaging> extends AsyncIterable<infer Part> ? Part : never;

export class StagingSource {
  readonly path: string;
  readonly name: string;
  readonly #read: ReadStaging;

  constructor(path: string, read: ReadStaging) {
    this.path = path;
    this.name = basename(path);
    this.#read = read;
  }

  /** Objects behind the first `skip`. */
  parts(skip = 0): AsyncIterable<StagingPart> {
    return this.#read(this.#bytes(), this.name, skip);
  }

  /** Looks through the whole file before anything of it is used: a file that is cut or damaged is refused in time. */
  async lookThrough(): Promise<StagingFile> {
    const hash = createHash('sha256');
    let head: StagingHead | undefined;
    let objects = 0;
    for await (const part of this.#read(this.#bytes(hash), this.name, Number.MAX_SAFE_INTEGER)) {
      if ('head' in part) head = part.head;
      if ('end' in part) objects = part.end.objects;
    }
    if (head === undefined) throw new GatewayError('STAGING_TRUNCATED', { objects: 0 });
    return { name: this.name, head, objects, hash: hash.digest('hex') };
  }

  async *#bytes(hash?: Hash): ByteStream & AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(this.path, { highWaterMark: blockBytes })) {
      if (!(chunk instanceof Uint8Array)) continue;
      hash?.update(chunk);
      yield chunk;
    }
  }
}
