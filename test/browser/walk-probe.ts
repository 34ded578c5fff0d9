/**
 * What the measurement of a walk runs inside the page. It looks at the document with the browser's own functions, kept
 * before synthetic shadow replaces them, and never at layout, which would be work that no visitor's page does.
 */

/** What the page keeps for the measurement. */
export interface WalkProbe {
  /** Clicks the record in the list; resolves when the three panels are live and painted. */
  walk(name: string, customer: string): Promise<WalkTimes>;
  /** Asks for the three answers and does nothing with them but parse. */
  fetchBare(recordId: string): Promise<number>;
}

/** Milliseconds since the click. */
export interface WalkTimes {
  /** The live figures are in the document. */
  readonly inDocument: number;
  /** The frame that shows them is done. */
  readonly painted: number;
}

declare global {
  var walkProbe: WalkProbe;
}

/** Installs `walkProbe`; must run before the page's own scripts. One function, because the browser gets its text. */
export function installWalkProbe(): void {
  const { MutationObserver: Observer, Document: Doc, Element: El, Node: Nd } = globalThis;
  /* eslint-disable @typescript-eslint/no-deprecated -- only overloads for obsolete tags are, and nothing here uses them */
  const findIn: (this: Element, selector: string) => NodeListOf<Element> = El.prototype.querySelectorAll;
  const findInDocument: (this: Document, selector: string) => NodeListOf<Element> = Doc.prototype.querySelectorAll;
  /* eslint-enable @typescript-eslint/no-deprecated */
  const textOf = Object.getOwnPropertyDescriptor(Nd.prototype, 'textContent')?.get;
  const text = (node: Node): string => String(textOf?.call(node));
  const isLive = (card: Element, customer: string): boolean =>
    findIn.call(card, '[data-as-of] .marker_live').length === 1 &&
    [...findIn.call(card, '.names p')].some((line) => new RegExp(`\\b${customer}\\b`).test(text(line)));
  const livePanels = (customer: string): number =>
    [...findInDocument.call(document, 'article[aria-busy="false"]')].filter((card) => isLive(card, customer)).length;
  /** A message posted in a frame's callback arrives after that frame's style, layout and paint. */
  const framePainted = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      });
    });
  /** The page has nothing left to do; answered from a message, because what follows must not run as idle work. */
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      requestIdleCallback(
        () => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve();
          port2.postMessage(null);
        },
        { timeout: 1_000 },
      );
    });
  const panelsLive = (customer: string): Promise<number> =>
    new Promise((resolve) => {
      const observer = new Observer(() => {
        if (livePanels(customer) < 3) return;
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  const ask = async (recordId: string, panel: string): Promise<unknown> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const answer = await fetch('/api/apex/PanelController/refresh', {
      ...init,
      body: JSON.stringify({ recordId, panel }),
    });
    return answer.json();
  };
  globalThis.walkProbe = {
    async walk(name, customer) {
      await settled();
      const names = [...findInDocument.call(document, 'aside a .name')];
      const link = names.find((found) => text(found) === name);
      if (link === undefined) throw new Error(`The list has no ${name}`);
      const live = panelsLive(customer);
      const started = performance.now();
      link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }));
      const inDocument = (await live) - started;
      await framePainted();
      const painted = performance.now() - started;
      await settled();
      return { inDocument, painted };
    },
    async fetchBare(recordId) {
      await settled();
      const started = performance.now();
      await Promise.all(['credit', 'orders', 'invoices'].map((panel) => ask(recordId, panel)));
      return performance.now() - started;
    },
  };
}
