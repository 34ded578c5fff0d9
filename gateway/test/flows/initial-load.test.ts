/** `gangway load` and `gangway compare` as an operator types them: processes of their own, killed and begun again, beside an agent. */
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Gangway } from '../cli/gangway.ts';
import { House } from './house.ts';
import { until } from './stack.ts';

// Programs start, bulk jobs are looked at once a second, an agent takes what was repaired.
jest.setTimeout(180_000);

/** Two chunks of each kind: one to be killed in, one to go on with. */
const customers = 5_200;
type Row = Readonly<Record<string, unknown>>;

let house: House;
let file = '';
beforeAll(async () => {
  house = await House.open({ changes: {}, salesforce: { changes: { canarySeconds: 3_600 } } });
});
afterAll(() => house.close());

const rows = (object: string): readonly Row[] => house.org.org.store.rows(object);
const orgId = (): string => /\.(00D\w{15})\./.exec(readdirSync(house.folder).join(' '))?.[1] ?? '';
const beside = (what: string): string => `${file}.${orgId()}.${what}`;
const load = (...more: readonly string[]): Gangway =>
  new Gangway(['load', file, ...more, '--config', house.agentFile('operator', 'agent-1')]);
const compare = (...more: readonly string[]): Gangway =>
  new Gangway(['compare', file, ...more, '--config', house.agentFile('operator', 'agent-1')]);

async function stage(name: string, generated?: number): Promise<void> {
  file = join(house.folder, name);
  const job = await house.sap.idocs?.jobs.stage({ kind: 'customers', file, generated }).ended;
  if (job?.state !== 'finished') throw new Error('SAP wrote no file');
}

/** Keys of what a load has written, with how often each is there. */
function loaded(object: string, keyField: string): ReadonlyMap<unknown, number> {
  const written = rows(object).filter((row) => String(row['SAP_Document__c'] ?? '').startsWith('load of customers'));
  return new Map([...Map.groupBy(written, (row) => row[keyField])].map(([key, same]) => [key, same.length]));
}

const progress = (): string =>
  existsSync(beside('progress.json')) ? readFileSync(beside('progress.json'), 'utf8') : '';
const reached = (mark: string | (() => boolean)): Promise<unknown> =>
  until(
    () => Promise.resolve(typeof mark === 'string' ? progress().includes(mark) : mark()),
    (is) => is,
  );

describe('a load that is killed', () => {
  beforeAll(() => stage('killed.txt', customers));

  test('and begun again, wherever it was, ends with all records and none twice', async () => {
    const moments: readonly (string | (() => boolean))[] = [
      () => rows('Account').some((row) => row['SAP_Document__c'] !== undefined && row['SAP_Document__c'] !== null),
      '5000',
      () => rows('SAP_Sales_Area_Data__c').length > 0,
      'sales-area\\":{',
    ];
    for (const moment of moments) {
      const running = load();
      // It may be over before the moment is seen; then there is nothing to kill.
      await Promise.race([reached(moment), running.ended]);
      running.signal('SIGKILL');
      await running.ended;
    }
    const { code, err } = await load().ended;
    expect({ code, err }).toMatchObject({ code: 0 });
    for (const [object, keyField] of [
      ['Account', 'SAP_Customer_Key__c'],
      ['SAP_Sales_Area_Data__c', 'SAP_Key__c'],
    ] as const) {
      const found = loaded(object, keyField);
      expect(found.size).toBe(customers);
      expect([...found.values()].filter((count) => count !== 1)).toEqual([]);
    }
    expect(await load().ended).toMatchObject({ code: 0, err: expect.stringContaining('All of it had been loaded') });
  });

  test('gently, says so, ends with 1, and goes on where it stopped', async () => {
    const running = load('--again');
    await reached(() => !progress().includes('endedAt\\":\\"'));
    running.signal('SIGINT');
    expect(await running.ended).toMatchObject({ code: 1, err: expect.stringContaining('goes on where it stopped') });
    expect(await load().ended).toMatchObject({
      code: 0,
      out: expect.stringContaining(`customer: ${customers} written`),
    });
  });

  test('is shown by trace as the last load there was', async () => {
    const { err } = await new Gangway(['trace', '5000000001', '--config', house.agentFile('operator', 'agent-1')])
      .ended;
    expect(err).toMatch(
      /The last load of customers into \w{18}: killed\.txt of ERPCLNT100 as it was .* finished .* 10400 records/,
    );
  });
});

describe('a file', () => {
  beforeEach(() => stage('file.txt'));

  test('that is cut is refused before anything is written, and loaded once it is whole', async () => {
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    const before = loaded('Account', 'SAP_Customer_Key__c').size;
    expect(await load().ended).toMatchObject({ code: 1, err: expect.stringContaining('STAGING_TRUNCATED') });
    expect(loaded('Account', 'SAP_Customer_Key__c').size).toBe(before);
    writeFileSync(file, whole);
    expect(await load().ended).toMatchObject({ code: 0 });
    expect(loaded('Account', 'SAP_Customer_Key__c').get('ERPCLNT100:0000104711')).toBe(1);
  });

  test('of another system is refused before anything is written', async () => {
    writeFileSync(file, readFileSync(file, 'utf8').replace('ERPCLNT100', 'OTHCLNT200'));
    const [count, known] = [rows('Account').length, progress()];
    expect(await load().ended).toMatchObject({ code: 1, err: expect.stringMatching(/STAGING_FOREIGN.*OTHCLNT200/) });
    expect(rows('Account')).toHaveLength(count);
    expect(progress()).toBe(known);
  });

  test('with rows that cannot be read or are refused is loaded without them, and they are listed in words', async () => {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/^(KNVV\t0000104712\t.*\t)CHF\t/m, '$1XXQ\t'));
    house.org.faults.add({ kind: 'rule-refuses', path: 'jobs/ingest', times: 1, message: 'Ask finance first.' });
    expect(await load().ended).toMatchObject({ code: 1, err: expect.stringContaining('failed.tsv') });
    const list = readFileSync(beside('failed.tsv'), 'utf8');
    expect(list).toMatch(/^\d+\t\t\tIDOC_VALUE_INVALID\t.*WAERS/m);
    expect(list).toMatch(/^\d+\tcustomer\t\d{10}\tSALESFORCE_RULE_REFUSED\t.*Ask finance first\./m);
  });
});

describe('a comparison beside a running agent', () => {
  beforeAll(async () => {
    await stage('compared.txt');
    await load().ended;
    house.startAgent();
    await until(
      () => Promise.resolve(existsSync(join(house.folder, 'agent-1.changes.sqlite'))),
      (isThere) => isThere,
    );
    // As an integration that may write SAP's fields and should not have.
    const intruder = house.org.org.users.find(({ username }) => username.startsWith('gangway.agent'));
    const transaction = house.org.org.store.begin(intruder?.id ?? '');
    const of = (number: string): string =>
      String(rows('Account').find((row) => row['SAP_Customer_Key__c'] === `ERPCLNT100:${number}`)?.['Id']);
    transaction.update('Account', of('0000104712'), { SAP_Risk_Class__c: '999' });
    transaction.delete('Account', of('0000104722'));
    transaction.commit();
  });

  const drifted = (): unknown =>
    rows('Account').find((row) => row['SAP_Customer_Key__c'] === 'ERPCLNT100:0000104712')?.['SAP_Risk_Class__c'];

  test('finds drift and what is missing, and changes nothing by itself', async () => {
    const { code, out, err } = await compare().ended;
    expect({ code, out, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing was changed; --repair'),
    });
    expect(out).toMatch(/customer: .*1 different, 1 missing in Salesforce/);
    expect(readFileSync(beside('differences.tsv'), 'utf8')).toMatch(
      /^customer\t0000104712\tdifferent\tcredit\.riskClass\t\S*\t999\t/m,
    );
    expect(drifted()).toBe('999');
  });

  test('asks before it repairs, and nobody who answers means no', async () => {
    expect(await compare('--repair').ended).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing was changed.'),
    });
    expect(drifted()).toBe('999');
  });

  test('repairs by the agent when it is told to, and finds nothing the next time', async () => {
    expect(await compare('--repair', '--yes').ended).toMatchObject({
      code: 0,
      err: expect.stringContaining('handed to the agent'),
    });
    await until(
      () => Promise.resolve(drifted()),
      (risk) => risk !== '999',
    );
    await until(
      () => Promise.resolve(rows('Account').filter((row) => row['SAP_Customer_Key__c'] === 'ERPCLNT100:0000104722')),
      (found) => found.length === 1,
    );
    // What belongs to it arrives after it.
    const { out } = await until(
      () => compare().ended,
      ({ code }) => code === 0,
    );
    expect(out).not.toContain('missing');
  });

  test('leaves no copies of customer data behind', () => {
    expect(readdirSync(house.folder).filter((name) => name.startsWith('.gangway-compare-'))).toEqual([]);
    rmSync(beside('differences.tsv'));
  });
});
