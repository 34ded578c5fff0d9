/** Stand-in for lightning/navigation: page references become addresses of the local org. */
import { appPagePath, currentPlace, goTo, listPath, onPlaceChange, openAction, recordPath } from 'platform/router';
import type { Place } from 'platform/router';

interface PageReference {
  type: string;
  attributes?: Record<string, string | undefined>;
  state?: Record<string, string | undefined>;
}
type Constructor = new (...parameters: unknown[]) => object;

const navigateKey = Symbol('Navigate');
const generateUrlKey = Symbol('GenerateUrl');

function addressOf({ type, attributes = {} }: PageReference): string {
  switch (type) {
    case 'standard__recordPage':
      return recordPath(attributes['objectApiName'] ?? 'Account', attributes['recordId'] ?? '');
    case 'standard__objectPage':
      return listPath(attributes['objectApiName'] ?? 'Account');
    case 'standard__navItemPage':
      return appPagePath(attributes['apiName'] ?? '');
    case 'standard__webPage':
      return attributes['url'] ?? '/';
    default:
      return '/';
  }
}

/** A quick action is named `Object.Action` (on a record) and opens above the page. */
function openQuickAction({ attributes = {}, state = {} }: PageReference): void {
  const [object = '', name = ''] = (attributes['apiName'] ?? attributes['actionName'] ?? '').split('.');
  const place = currentPlace();
  const recordId = state['recordId'] ?? (place.kind === 'record' ? place.recordId : '');
  openAction({ object, name, recordId });
}

/** Adds `this[NavigationMixin.Navigate](reference)` to a component. */
export function NavigationMixin(base: Constructor): Constructor {
  return class extends base {
    [navigateKey](reference: PageReference, isReplacing = false): void {
      if (reference.type === 'standard__quickAction') return openQuickAction(reference);
      if (reference.type === 'standard__webPage') {
        window.open(addressOf(reference), '_blank', 'noopener');
        return;
      }
      goTo(addressOf(reference), isReplacing);
    }

    [generateUrlKey](reference: PageReference): Promise<string> {
      return Promise.resolve(addressOf(reference));
    }
  };
}
NavigationMixin.Navigate = navigateKey;
NavigationMixin.GenerateUrl = generateUrlKey;

function referenceOf(place: Place): PageReference {
  switch (place.kind) {
    case 'record': {
      const attributes = { objectApiName: place.object, recordId: place.recordId, actionName: 'view' };
      return { type: 'standard__recordPage', attributes };
    }
    case 'page':
      return { type: 'standard__navItemPage', attributes: { apiName: place.name } };
    case 'list':
      return { type: 'standard__objectPage', attributes: { objectApiName: place.object, actionName: 'list' } };
  }
}

/** The wire adapter that says where the page is. */
export class CurrentPageReference {
  readonly #emit: (reference: PageReference) => void;
  #stop: (() => void) | undefined;

  constructor(emit: (reference: PageReference) => void) {
    this.#emit = emit;
  }

  private give(): void {
    const place = currentPlace();
    this.#emit({ ...referenceOf(place), state: {} });
  }

  connect(): void {
    this.#stop = onPlaceChange(() => this.give());
    this.give();
  }

  update(): void {}

  disconnect(): void {
    this.#stop?.();
  }
}
