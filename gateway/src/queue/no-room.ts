/** What ends a call that has no place in the queue; the call is all or nothing, so it ends as a whole. */
export class NoRoom extends Error {
  /** Which limit, in words. */
  readonly limit: string;

  constructor(limit: string) {
    super(limit);
    this.limit = limit;
  }
}
