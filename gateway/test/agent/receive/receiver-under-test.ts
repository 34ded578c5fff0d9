/** A listener for IDocs with a queue in memory behind it. */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createReceiveMetrics, Intake, startHttpReceiver } from '../../../src/agent/receive/index.ts';
import type { HttpReceiver, HttpReceiverSettings } from '../../../src/agent/receive/index.ts';
import { createMetrics, silentLog } from '../../../src/telemetry/index.ts';
import type { Log, Metrics } from '../../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import type { Clock } from '../../../src/timing/index.ts';
import { plainChanges, system } from './plain-changes.ts';
import { QueueInMemory } from './queue-in-memory.ts';

export interface ReceiverUnderTest {
  readonly receiver: HttpReceiver;
  readonly queue: QueueInMemory;
  readonly metrics: Metrics;
  readonly url: string;
  close(): Promise<void>;
}

/** A listener that takes documents. */
export async function openReceiver(
  settings: Partial<HttpReceiverSettings> = {},
  log: Log = silentLog,
): Promise<ReceiverUnderTest> {
  const it = startReceiver(settings, log);
  await it.receiver.ready();
  return it;
}

/** A listener that may still wait for its port. */
export function startReceiver(
  settings: Partial<HttpReceiverSettings> = {},
  log: Log = silentLog,
  clock: Clock = systemClock,
): ReceiverUnderTest {
  const queue = new QueueInMemory();
  const metrics = createMetrics('agent');
  const measure = createReceiveMetrics(metrics);
  const receiver = startHttpReceiver(
    { host: '127.0.0.1', port: 0, path: '/idocs', maxDocumentBytes: 64 * 1024 * 1024, concurrent: 4, ...settings },
    { system, changes: plainChanges, intake: new Intake({ queue, measure }), measure, clock, log },
  );
  return {
    receiver,
    queue,
    metrics,
    get url() {
      return `http://127.0.0.1:${receiver.port}/idocs`;
    },
    close: () => receiver.drain(Deadline.in(systemClock, 0)),
  };
}

/** An IDoc as SAP's XML has it. */
export const idoc = (number: number, changes: Readonly<Record<string, string>> = {}): string => {
  const control = {
    TABNAM: 'EDI_DC40',
    MANDT: '100',
    DOCNUM: String(number).padStart(16, '0'),
    DIRECT: '1',
    IDOCTYP: 'DEBMAS07',
    MESTYP: 'DEBMAS',
    SNDPRN: 'ERPCLNT100',
    RCVPRN: 'GANGWAY',
    CREDAT: '20261121',
    CRETIM: '101500',
    ...changes,
  };
  const fields = Object.entries(control).map(([name, value]) => `<${name}>${value}</${name}>`);
  const data = '<E1KNA1M SEGMENT="1"><MSGFN>004</MSGFN><KUNNR>0000104711</KUNNR><NAME1>Nordwind</NAME1></E1KNA1M>';
  return `<IDOC BEGIN="1"><EDI_DC40 SEGMENT="1">${fields.join('')}</EDI_DC40>${data}</IDOC>`;
};

/** A document of IDocs. */
export const documentOf = (...idocs: readonly string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?><DEBMAS07>${idocs.join('')}</DEBMAS07>`;

export interface Posted {
  readonly status: number;
  readonly phrase: string;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

/** Posts a body in the pieces given; resolves with the answer, however early it comes. */
export async function post(
  url: string,
  body: string | Buffer | Iterable<string | Buffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Posted> {
  const sent = request(url, { method: 'POST', agent: false, headers: { 'content-type': 'text/xml', ...headers } });
  const answered = once(sent, 'response');
  // The answer counts: it may come, and the line close, before everything is sent.
  sent.on('error', () => undefined);
  const pieces = typeof body === 'string' || Buffer.isBuffer(body) ? [body] : body;
  void pipeline(Readable.from(pieces), sent).catch(() => undefined);
  const [response] = (await answered) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, phrase: response.statusMessage ?? '', text, headers: response.headers };
}
