/** The process of the bench in which SAP is: the simulated system with a thousand open items, behind recorded answers. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { startSapSimulator } from '../../simulator/sap/start.ts';
import type { SapTables } from '../../simulator/sap/start.ts';
import { portOf } from '../roles/child.ts';
import { startRecordedRfc } from './recorded-rfc.ts';

/** What the measuring process is told. */
export interface BenchSap {
  /** The simulated SAP itself. */
  readonly url: string;
  readonly systemNumber: string;
  /** Answers from memory over SOAP. */
  readonly recordedUrl: string;
  /** Answers from memory over RFC. */
  readonly recordedRouter: string;
}

export const rowsAsked = 1_000;
const customer = '0000104711';
const dataFile = z.object({ tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) }).loose();

/** The default customers, one of whom has not paid for a long time. */
function withThousandItems(): SapTables {
  const file = new URL('../../simulator/sap/data/default.json', import.meta.url);
  const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const parsed = dataFile.safeParse(raw);
  const data = parsed.success ? parsed.data : { tables: dataFile.shape.tables.parse(withoutSystem(raw)) };
  const items = data.tables['BSID'] ?? [];
  const model = items.find((row) => row['KUNNR'] === customer);
  const others = items.filter((row) => row['KUNNR'] !== customer);
  const many = Array.from({ length: rowsAsked }, (_, index) => {
    const document = String(91_000_000 + index).padStart(10, '0');
    return { ...model, ZUONR: document, BELNR: document, XBLNR: document, VBELN: document };
  });
  return { ...data, tables: { ...data.tables, BSID: [...others, ...many] } };
}

function withoutSystem(raw: unknown): unknown {
  const entries = Object.entries(z.record(z.string(), z.unknown()).parse(raw));
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith('_')));
}

/** Answers each SOAP request that came before with the bytes it got then. */
async function startRecordedSoap(url: string): Promise<string> {
  const recorded = new Map<string, Buffer>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(Buffer.from(piece as Uint8Array));
    const body = Buffer.concat(pieces).toString('utf8');
    const { authorization = '' } = request.headers;
    const headers = { authorization, 'content-type': 'text/xml', soapaction: '""' };
    const ask = async (): Promise<Buffer> =>
      Buffer.from(await (await fetch(`${url}${request.url ?? ''}`, { method: 'POST', headers, body })).arrayBuffer());
    const answer = recorded.get(body) ?? (await ask());
    recorded.set(body, answer);
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'content-length': answer.length });
    response.end(answer);
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => void serve(request, response));
  return `http://127.0.0.1:${await portOf(server)}`;
}

async function start(): Promise<BenchSap> {
  const simulator = await startSapSimulator({ data: withThousandItems(), rfc: true });
  const { port = 0, systemNumber = '' } = simulator.rfc ?? {};
  return {
    url: simulator.url,
    systemNumber,
    recordedUrl: await startRecordedSoap(simulator.url),
    recordedRouter: `/H/127.0.0.1/S/${await startRecordedRfc(port)}`,
  };
}

if (process.send !== undefined) {
  process.on('disconnect', () => process.exit(0));
  process.send(await start());
}
