/** What one room's file is: how it is recognised, how it came to be, and how it is called in messages. */

export interface FileFormat {
  /** In the file's header: tells it from any other SQLite file. */
  readonly applicationId: number;
  /** Folder of `0001-*.sql` and so on, as a URL that ends in a slash. */
  readonly migrations: URL;
  /** In sentences, after "is a database, but not": `a Gangway journal`. */
  readonly name: string;
  /** Said after "is in use by". */
  readonly owner: string;
  /** What an operator does about a damaged file; said after "is damaged;". */
  readonly remedy: string;
  /**
   * `exclusive`: one process has it, and holds its lock from opening until it ends, however it ends. `shared`: others may read and
   * write between two transactions of ours.
   */
  readonly access: 'exclusive' | 'shared';
}

export interface DurableFileSettings {
  readonly file: string;
  /** The file never grows beyond this; what does not fit fails as on a full disk. */
  readonly maxBytes: number;
}
