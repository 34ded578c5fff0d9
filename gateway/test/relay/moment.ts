/** A moment that the test waits for, or brings about. */

export interface Moment {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

export function createMoment(): Moment {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { promise, resolve: () => resolve(undefined) };
}
