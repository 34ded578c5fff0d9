/** The line on which SAP posts: what stays open after a refusal, what is cut, and what strangers may send. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import type { HttpReceiverSettings } from '../../../src/agent/receive/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { createLog } from '../../../src/telemetry/index.ts';
import { until } from '../../flows/stack.ts';
import { head, posted, RawLines } from './raw-line.ts';
import type { RawLine } from './raw-line.ts';
import { documentOf, idoc, openReceiver } from './receiver-under-test.ts';
import type { ReceiverUnderTest } from './receiver-under-test.ts';

let it: ReceiverUnderTest;
const lines = new RawLines();
let logged = '';
async function open(settings: Partial<HttpReceiverSettings> = {}): Promise<RawLine> {
  logged = '';
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged += chunk.toString();
      done();
    },
  });
  it = await openReceiver(settings, createLog('agent', { level: 'debug' }, sink));
  return dial();
}
const dial = (): RawLine => lines.dial(it.receiver.port);
afterEach(async () => {
  lines.end();
  await it.close();
});

const ok = 'HTTP/1.1 200 OK';
/** More than the buffers of a socket and of Node take: what nobody reads stops the sender. */
const long = ' '.repeat(8_000_000);
/** As much as is parsed at a time, and not the whole document. */
const noXml = 'x'.repeat(200_000);

describe('after a refusal in the middle of a document', () => {
  test.each([
    ['that is no XML', `MANDT;KUNNR\n${long}`, '400 IDOC_MALFORMED'],
    ['with a broken tag', documentOf(idoc(1)).replace('</EDI_DC40>', `<</EDI_DC40>${long}`), '400 IDOC_MALFORMED'],
    ['that is too long', documentOf(idoc(1)) + long, '413 IDOC_TOO_LARGE'],
    [
      'in another encoding',
      Buffer.from(documentOf(idoc(1, { RCVPRN: 'Ä' })) + long, 'latin1'),
      '415 IDOC_ENCODING_WRONG',
    ],
  ] as const)('%s the rest is dropped, and the next one on the same line is taken', async (_, body, status) => {
    const line = await open({ maxDocumentBytes: 1_000_000 });
    // In pieces, so that its length alone does not refuse it.
    const bytes = Buffer.from(body);
    line.send(head('Transfer-Encoding: chunked'), `${bytes.length.toString(16)}\r\n`, bytes, '\r\n0\r\n\r\n');
    await line.answers(1);
    line.send(posted(documentOf(idoc(7))));
    expect(await line.answers(2)).toEqual([`HTTP/1.1 ${status}`, ok]);
    expect(line.isClosed).toBe(false);
    expect(it.queue.numbers).toContain('0000000000000007');
  });

  test('a sender that does not stop is cut off', async () => {
    const line = await open({ limits: { discardMs: 20 } });
    line.send(head('Content-Length: 1000000'), noXml);
    await line.answers(1);
    await line.closed;
    expect(line.text).toContain('400 IDOC_MALFORMED');
  });

  test('a line whose document was read to its end is not cut with it', async () => {
    const line = await open({ limits: { discardMs: 20 } });
    line.send(posted(documentOf(idoc(1))));
    await line.answers(1);
    // Begun later, so that whatever would be cut by time has been cut when this one is.
    const other = dial();
    other.send(head('Content-Length: 1000000'), noXml);
    await other.closed;
    line.send(posted(documentOf(idoc(2))));
    expect(await line.answers(2)).toEqual([ok, ok]);
  });
});

describe('what is no document of SAP', () => {
  test.each(['//', '//[', '/idocs/../other', '*'])('sent to %s is answered, and no error of ours', async (path) => {
    const line = await open();
    line.send(`POST ${path} HTTP/1.1\r\nHost: agent\r\nContent-Length: 0\r\n\r\n`);
    expect(await line.answers(1)).toEqual(['HTTP/1.1 404 Not Found']);
    expect(logged).not.toContain('INTERNAL');
  });

  test('has no body that could be taken: HEAD says the same as GET', async () => {
    const line = await open();
    line.send('HEAD /idocs HTTP/1.1\r\nHost: agent\r\n\r\n', posted(documentOf(idoc(1))));
    expect(await line.answers(2)).toEqual([ok, ok]);
    expect(line.text).not.toContain('are taken here');
    expect(it.queue.numbers).toHaveLength(1);
  });

  test('is one whose pieces are broken', async () => {
    const line = await open();
    line.send(head('Transfer-Encoding: chunked'), '5\r\n<DEBM\r\nzz\r\n');
    await line.closed;
    expect(line.text).not.toContain(ok);
    expect(it.queue.numbers).toEqual([]);
  });
});

describe('a document', () => {
  test('that waits for leave to come is told to come', async () => {
    const line = await open();
    const body = documentOf(idoc(1));
    line.send(head(`Content-Length: ${body.length}`, 'Expect: 100-continue'));
    expect(await line.answers(1)).toEqual(['HTTP/1.1 100 Continue']);
    line.send(body);
    expect(await line.answers(2)).toEqual(['HTTP/1.1 100 Continue', ok]);
  });

  test('may follow another on the line before that is answered', async () => {
    const line = await open();
    line.send(posted(documentOf(idoc(1))) + posted(documentOf(idoc(2))));
    expect(await line.answers(2)).toEqual([ok, ok]);
    expect(it.queue.numbers.toSorted()).toEqual(['0000000000000001', '0000000000000002']);
  });

  test.each([0, 1])('that has %d bytes more than it may have is taken only without them', async (more) => {
    const body = documentOf(idoc(1));
    const line = await open({ maxDocumentBytes: body.length - more });
    const chunked = head('Transfer-Encoding: chunked') + `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const status = more === 0 ? ok : 'HTTP/1.1 413 IDOC_TOO_LARGE';
    line.send(posted(body));
    await line.answers(1);
    line.send(chunked);
    expect(await line.answers(2)).toEqual([status, status]);
  });
});

describe('a password that cannot be read now', () => {
  const settings = (failure: GatewayError): Partial<HttpReceiverSettings> => ({
    credentials: {
      user: 'IDOC',
      password: () => {
        throw failure;
      },
    },
  });

  test('is told in words, and the document stays with SAP', async () => {
    const file = '/etc/gangway/idoc-password';
    const line = await open(settings(new GatewayError('SECRET_MISSING', { setting: 'sap.idocs.listen', file })));
    line.send(posted(documentOf(idoc(1)), `Authorization: Basic ${Buffer.from('IDOC:x').toString('base64')}`));
    expect(await line.answers(1)).toEqual(['HTTP/1.1 500 SECRET_MISSING']);
    await until(
      () => Promise.resolve(line.text),
      (text) => text.includes('The secret file'),
    );
    expect(line.text).not.toContain(file);
    expect(logged).toContain('SECRET_MISSING');
    expect(it.queue.numbers).toEqual([]);
  });
});
