/** The page's files; a path never leads out of the folder. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { notFound } from '../org/errors.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html;charset=UTF-8',
  '.js': 'text/javascript;charset=UTF-8',
  '.css': 'text/css;charset=UTF-8',
  '.svg': 'image/svg+xml',
};

/**
 * Scripts only from here. Styles inline, because the component engine puts sheets into the page.
 */
const contentSecurityPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

interface ServedFile {
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

/** Serves one folder, each file read once: the folder is named by its content and never changes. */
export class StaticFiles {
  readonly #folder: string;
  readonly #files = new Map<string, Promise<ServedFile>>();

  constructor(folder: string) {
    this.#folder = normalize(folder);
  }

  /** The file at a path. */
  async serve(call: HttpCall, path: string): Promise<HttpAnswer> {
    const file = join(this.#folder, normalize(path));
    const type = types[extname(file)];
    if (!file.startsWith(this.#folder + sep) || type === undefined) throw notFound();
    const { plain, zipped } = await this.#read(file);
    const isZipped = /\bgzip\b/.test(call.headers['accept-encoding'] ?? '');
    const headers = {
      'content-type': type,
      // Icons stay the same for as long as a page is open; the rest must be new after each build.
      'cache-control': path.startsWith('/assets/') ? 'max-age=600' : 'no-cache',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
    };
    return { status: 200, body: isZipped ? zipped : plain, headers };
  }

  #read(file: string): Promise<ServedFile> {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const reading = readFile(file).then(
      (plain) => ({ plain, zipped: gzipSync(plain) }),
      () => {
        this.#files.delete(file);
        throw notFound();
      },
    );
    this.#files.set(file, reading);
    return reading;
  }
}
