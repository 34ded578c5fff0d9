/** A page for one component: mounts it, waits for it, and reads across shadow roots what a person would see. */
import { createElement } from 'lwc';

/** An element or a recording as a test looks at it: the test says what it expects, no type does. */
export type Loose = any;

/** Puts a component with its properties on the page. */
export function mount(tag: string, is: any, properties: Record<string, unknown> = {}): any {
  const element = createElement(tag, { is });
  Object.assign(element, properties);
  document.body.append(element);
  return element;
}

/** Removes everything, so that timers and answers of one test do not reach the next. */
export function clearPage(): void {
  document.body.replaceChildren();
}

/** Lets pending answers arrive and be rendered. Micro-tasks only: it works with fake timers, too. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function* elementsBelow(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* elementsBelow(element.shadowRoot);
  }
}
const rootOf = (element: HTMLElement): ParentNode => element.shadowRoot ?? element;

/** All elements below, through every shadow root, that match. */
export const all = (element: HTMLElement, selector: string): any[] =>
  [...elementsBelow(rootOf(element))].filter((candidate) => candidate.matches(selector));

/** The first of them. */
export const one = (element: HTMLElement, selector: string): any => all(element, selector)[0];

/** The visible words in order, with spaces normalised. */
export function words(element: HTMLElement): string {
  const texts: string[] = [];
  const visit = (node: Node): void => {
    if (node instanceof Text) texts.push(node.data);
    const root = node instanceof HTMLElement ? (node.shadowRoot ?? node) : node;
    const children = node instanceof HTMLSlotElement ? node.assignedNodes() : [...root.childNodes];
    children.forEach(visit);
  };
  visit(element);
  return texts
    .join(' ')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
}

/** The button that carries this text. */
export const button = (element: HTMLElement, text: string): any =>
  all(element, 'button').find((candidate) => words(candidate) === text);
