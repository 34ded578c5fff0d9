/**
 * How long it takes from one Account to the next, against a bare fetch of the same three answers in the same page:
 * `node test/browser/measure-walk.ts [rounds]`. A measurement, not a test: it runs when the machine is quiet.
 */
import { z } from 'zod';
import { launchBrowser, visit, waitForLivePanels } from './browser.ts';
import { startStack } from './stack.ts';

const names = ['Alpenglas AG', 'Sakura Seimitsu KK', 'Gulf Marine Supplies WLL', 'Tulip Pumps BV', 'Prairie Tools Inc'];
const milliseconds = z.number();

/** Runs in the page, on a link: from the click until the last of the three panels says that it is live. */
const walk = (link: HTMLElement | SVGElement): Promise<number> =>
  new Promise((resolve) => {
    const name = link.querySelector('.name')?.textContent ?? '';
    const started = performance.now();
    const look = (): void => {
      const isThere = document.title.startsWith(name);
      const live = document.body.innerText.match(/\bLive/g)?.length ?? 0;
      requestAnimationFrame(isThere && live >= 3 ? () => resolve(performance.now() - started) : look);
    };
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }));
    requestAnimationFrame(look);
  });

/** Runs in the page: the three answers, nothing else. */
const fetchBare = (recordId: string): string => `(async () => {
  const started = performance.now();
  await Promise.all(['credit', 'orders', 'invoices'].map(async (panel) => {
    const body = JSON.stringify({ recordId: ${JSON.stringify(recordId)}, panel });
    const answer = await fetch('/api/apex/PanelController/refresh', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return answer.json();
  }));
  return performance.now() - started;
})()`;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const rounds = Number(process.argv[2] ?? 4);
const stack = await startStack();
const browser = await launchBrowser();
try {
  const rita = await visit(browser, stack.salesforce, 'Rita');
  const { page } = rita;
  await rita.openAccount('Nordwind Logistik GmbH');
  await waitForLivePanels(page);
  const walks: number[] = [];
  const fetches: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const account = stack.salesforce.org.store.rows('Account').find((row) => row['Name'] === name);
      fetches.push(milliseconds.parse(await page.evaluate(fetchBare(String(account?.['Id'])))));
      walks.push(await page.getByRole('link', { name }).first().evaluate(walk));
      fetches.push(milliseconds.parse(await page.evaluate(fetchBare(String(account?.['Id'])))));
    }
  }
  const [walkMs, fetchMs] = [median(walks), median(fetches)].map(Math.round);
  console.log(JSON.stringify({ walkMs, fetchMs, ratio: Number((median(walks) / median(fetches)).toFixed(2)) }));
} finally {
  await browser.close();
  await stack.close();
}
