/** Addresses of the local org, with the paths Lightning Experience uses, and moving between them without a load. */

/** Where the page is. */
export type Place =
  | { readonly kind: 'record'; readonly object: string; readonly recordId: string }
  | { readonly kind: 'list'; readonly object: string }
  /** An app page of the package, by its developer name. */
  | { readonly kind: 'page'; readonly name: string };

/** The name of the frame's own action on a record, beside the package's quick actions. */
export const editAction = 'Edit';

/** Asks whoever shows quick actions to open one. */
export interface ActionRequest {
  readonly object: string;
  readonly name: string;
  readonly recordId: string;
}

type Listener = () => void;
const placeListeners = new Set<Listener>();
const actionListeners = new Set<(request: ActionRequest) => void>();

/** Reads an address; an unknown one is the Account list. */
export function placeAt(path: string): Place {
  const record = /^\/lightning\/r\/(?:(\w+)\/)?([A-Za-z0-9]{15,18})\/view/.exec(path);
  if (record !== null) return { kind: 'record', object: record[1] ?? 'Account', recordId: record[2] ?? '' };
  const page = /^\/lightning\/n\/(\w+)/.exec(path);
  if (page !== null) return { kind: 'page', name: page[1] ?? '' };
  const list = /^\/lightning\/o\/(\w+)/.exec(path);
  return { kind: 'list', object: list?.[1] ?? 'Account' };
}

export const recordPath = (object: string, recordId: string): string => `/lightning/r/${object}/${recordId}/view`;
export const listPath = (object: string): string => `/lightning/o/${object}/list`;

export const appPagePath = (name: string): string => `/lightning/n/${name}`;

/** Where the page is now. */
export const currentPlace = (): Place => placeAt(location.pathname);

/** Goes there. */
export function goTo(path: string, isReplacing = false): void {
  if (isReplacing) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  window.scrollTo(0, 0);
  placeListeners.forEach((listener) => listener());
}

/** Calls `listener` after each move; the returned function ends that. */
export function onPlaceChange(listener: Listener): () => void {
  placeListeners.add(listener);
  return () => placeListeners.delete(listener);
}
window.addEventListener('popstate', () => placeListeners.forEach((listener) => listener()));

/** Opens a quick action. */
export const openAction = (request: ActionRequest): void => actionListeners.forEach((listener) => listener(request));

/** Calls `listener` when a quick action is asked for; the returned function ends that. */
export function onActionRequest(listener: (request: ActionRequest) => void): () => void {
  actionListeners.add(listener);
  return () => actionListeners.delete(listener);
}

/** Click handler of links inside the page: a plain click moves, anything else is the browser's. */
export function followLink(event: MouseEvent): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.currentTarget;
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  goTo(new URL(link.href).pathname);
}
