/** What the thread that holds a file, and the thread that asks, say to each other. */

/** Sent many at a time; one array is one transaction. */
export type ToFileThread<Request> = { readonly batch: readonly Request[] } | 'close';

/** A request that was not done: nothing of it is in the file. */
export interface Failed {
  readonly kind: 'failed';
  readonly reason: string;
}

/** The thread's first word is whether the file is open; after it come the replies of each batch, in its order. */
export type FromFileThread<Reply> =
  | { readonly kind: 'open' }
  | { readonly kind: 'open-failed'; readonly reason: string }
  /** Something that cost nobody anything, for the log. */
  | { readonly kind: 'warning'; readonly reason: string }
  | { readonly kind: 'batch'; readonly replies: readonly (Reply | Failed)[] };
