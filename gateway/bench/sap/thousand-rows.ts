/** A call with a thousand rows: each driver against the bare library it stands on, over the same bytes. */
import { SaxesParser } from 'saxes';
import { pairedRounds } from '../rounds.ts';
import type { PairedRounds } from '../rounds.ts';
import * as bench from './drivers.ts';
import { rowsAsked } from './sap-process.ts';
import type { BenchSap } from './sap-process.ts';

export interface Rounds {
  readonly repetitions: number;
  readonly callsPerWindow: number;
}

/** Our SOAP driver against `fetch` and the parser saxes, which sees every tag and text and keeps nothing. */
export async function compareSoap(sap: BenchSap, { repetitions, callsPerWindow }: Rounds): Promise<PairedRounds> {
  const connection = bench.openSoapForBench(sap.recordedUrl);
  const ours = (): Promise<unknown> => bench.readRows(connection, rowsAsked);
  await ours();
  const bare = (): Promise<void> => fetchAndParse(sap.recordedUrl);
  await bare();
  const result = await pairedRounds(
    repetitions,
    () => bench.rateOf(callsPerWindow, bench.connections, ours),
    () => bench.rateOf(callsPerWindow, bench.connections, bare),
  );
  await connection.close();
  return result;
}

const { COMPANYCODE, CUSTOMER, KEYDATE } = bench.rowsParameters;
const day = `${KEYDATE.slice(0, 4)}-${KEYDATE.slice(4, 6)}-${KEYDATE.slice(6)}`;
/** The same request as the driver's, so that the same bytes come back. */
const envelope =
  '<?xml version="1.0" encoding="utf-8"?>' +
  '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>' +
  `<rfc:${bench.rowsFunction} xmlns:rfc="urn:sap-com:document:sap:rfc:functions"><COMPANYCODE>${COMPANYCODE}</COMPANYCODE>` +
  `<CUSTOMER>${CUSTOMER}</CUSTOMER><KEYDATE>${day}</KEYDATE><${bench.rowsTable}/></rfc:${bench.rowsFunction}>` +
  '</SOAP-ENV:Body></SOAP-ENV:Envelope>';
const headers = {
  'content-type': 'text/xml; charset=utf-8',
  soapaction: '""',
  authorization: `Basic ${Buffer.from(`${bench.user}:${bench.password}`).toString('base64')}`,
};

async function fetchAndParse(url: string): Promise<void> {
  const path = '/sap/bc/soap/rfc?sap-client=100&sap-language=EN';
  const answer = await fetch(url + path, { method: 'POST', headers, body: envelope });
  const text = await answer.text();
  let [rows, characters] = [0, 0];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => (rows += tag.name === 'item' ? 1 : 0));
  parser.on('text', (value) => (characters += value.length));
  parser.on('closetag', () => undefined);
  parser.write(text).close();
  if (rows !== rowsAsked || characters === 0) throw new Error('the rows are not all there');
}

/** Our RFC driver against the addon alone: as many clients, no checks, no conversion. */
export async function compareRfc(sap: BenchSap, { repetitions, callsPerWindow }: Rounds): Promise<PairedRounds> {
  const connection = bench.openRfcForBench(sap.systemNumber, sap.recordedRouter);
  const ours = (): Promise<unknown> => bench.readRows(connection, rowsAsked);
  await ours();
  const clients = await openBare(sap);
  const result = await pairedRounds(
    repetitions,
    () => bench.rateOf(callsPerWindow, bench.connections, ours),
    () => bareRate(clients, callsPerWindow),
  );
  for (const client of clients) await client.close();
  await connection.close();
  return result;
}

type BareClient = InstanceType<(typeof import('node-rfc'))['Client']>;

async function openBare(sap: BenchSap): Promise<readonly BareClient[]> {
  const { Client } = await import('node-rfc');
  const { user, password: passwd } = bench;
  const destination = { ashost: '127.0.0.1', sysnr: sap.systemNumber, saprouter: sap.recordedRouter };
  const clients = Array.from(
    { length: bench.connections },
    () => new Client({ ...destination, client: '100', lang: 'EN', user, passwd }),
  );
  for (const client of clients) await client.open();
  return clients;
}

async function bareRate(clients: readonly BareClient[], count: number): Promise<number> {
  const free = [...clients];
  return bench.rateOf(count, clients.length, async () => {
    const client = free.pop();
    if (client === undefined) throw new Error('no client is free');
    const answer = await client.call(bench.rowsFunction, bench.rowsParameters);
    const rows: unknown = answer[bench.rowsTable];
    if (!Array.isArray(rows) || rows.length !== rowsAsked) throw new Error('the rows are not all there');
    free.push(client);
  });
}
