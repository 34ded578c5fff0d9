/** Stand-in for lightning/refresh: whoever registered is told to read again. */

type Handler = () => unknown;
const handlers = new Map<number, Handler>();
let lastId = 0;

export const REFRESH_COMPLETE = 'COMPLETE';
export const REFRESH_COMPLETE_WITH_ERRORS = 'COMPLETE_WITH_ERRORS';
export const REFRESH_ERROR = 'ERROR';

export class RefreshEvent extends CustomEvent<undefined> {
  constructor() {
    super('lightning__refresh', { bubbles: true, composed: true });
    queueMicrotask(() => handlers.forEach((handler) => handler()));
  }
}

export function registerRefreshHandler(_element: unknown, handler: Handler): number {
  lastId += 1;
  handlers.set(lastId, handler);
  return lastId;
}
export const registerRefreshContainer = registerRefreshHandler;

export function unregisterRefreshHandler(id: number): void {
  handlers.delete(id);
}
export const unregisterRefreshContainer = unregisterRefreshHandler;
