/**
 * How long it takes from one Account to the next, against a bare fetch of the same three answers in the same page:
 * `node test/browser/measure-walk.ts [--quick]`. A measurement, not a test: its ratio means something when the machine
 * is otherwise quiet.
 */
import { writeFile } from 'node:fs/promises';
import { pairedRounds, spread } from '../../gateway/bench/rounds.ts';
import { launchBrowser, visit, waitForLivePanels } from './browser.ts';
import { startStack } from './stack.ts';
import { installWalkProbe } from './walk-probe.ts';

const names = ['Alpenglas AG', 'Sakura Seimitsu KK', 'Gulf Marine Supplies WLL', 'Tulip Pumps BV', 'Prairie Tools Inc'];
const repetitions = process.argv.includes('--quick') ? 4 : 12;
/** `--profile=FILE` writes a CPU profile of the walks, which costs time: such a run's ratio is none. */
const profile = process.argv.find((argument) => argument.startsWith('--profile='))?.slice('--profile='.length);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const stack = await startStack();
const browser = await launchBrowser();
try {
  const rita = await visit(browser, stack.salesforce, 'Rita');
  const { page } = rita;
  await page.addInitScript(installWalkProbe);
  await rita.openAccount('Nordwind Logistik GmbH');
  await waitForLivePanels(page);
  const accounts = names.map((name) => {
    const row = stack.salesforce.org.store.rows('Account').find((account) => account['Name'] === name);
    const customer = String(row?.['SAP_Customer_Number__c']).replace(/^0+/, '');
    return { name, customer, id: String(row?.['Id']) };
  });
  const inDocument: number[] = [];
  const walkAll = async (): Promise<number> => {
    const painted: number[] = [];
    for (const { name, customer } of accounts) {
      const times = await page.evaluate(([to, number]) => walkProbe.walk(to, number), [name, customer] as const);
      painted.push(times.painted);
      inDocument.push(times.inDocument);
    }
    return mean(painted);
  };
  const fetchAll = async (): Promise<number> => {
    const fetched: number[] = [];
    for (const { id } of accounts) fetched.push(await page.evaluate((to) => walkProbe.fetchBare(to), id));
    return mean(fetched);
  };
  // Neither side pays for what happens only once: compiled scripts, opened connections, read tables.
  await pairedRounds(2, walkAll, fetchAll);
  inDocument.length = 0;
  const cdp = profile === undefined ? undefined : await page.context().newCDPSession(page);
  await cdp?.send('Profiler.enable');
  await cdp?.send('Profiler.setSamplingInterval', { interval: 200 });
  await cdp?.send('Profiler.start');
  const rounds = await pairedRounds(repetitions, walkAll, fetchAll);
  const recorded = await cdp?.send('Profiler.stop');
  if (profile !== undefined) await writeFile(profile, JSON.stringify(recorded?.profile));
  console.log(JSON.stringify({ goal: 'ratio <= 2', ...rounds, inDocument: spread(inDocument) }, null, 2));
} finally {
  await browser.close();
  await stack.close();
}
