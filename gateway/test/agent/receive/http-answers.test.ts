/** What SAP reads in an answer: words in plain text, or in the envelope that it expects. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import { documentOf, idoc, openReceiver, post } from './receiver-under-test.ts';
import type { Posted, ReceiverUnderTest } from './receiver-under-test.ts';

let it: ReceiverUnderTest;
afterEach(() => it.close());

const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
const enveloped = (namespace: string, body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><e:Envelope xmlns:e="${namespace}"><e:Body>${body}</e:Body></e:Envelope>`;
const inner = (...idocs: readonly string[]): string => documentOf(...idocs).replace(/^.*?\?>/, '');

async function ask(body: string | Buffer, type = 'text/xml', headers: Record<string, string> = {}): Promise<Posted> {
  it = await openReceiver();
  return post(it.url, body, { 'content-type': type, ...headers });
}

test('an answer is kept by nobody on its way, and says who listens', async () => {
  const { headers } = await ask(documentOf(idoc(1)));
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-gangway': 'idocs' });
});

describe('a sender that speaks SOAP', () => {
  test.each([
    ['1.1, by its envelope', soap11, 'text/xml', {}, 'text/xml'],
    ['1.2, by its envelope', soap12, 'text/xml', {}, 'application/soap+xml'],
    ['1.2, by its content type', soap12, 'application/soap+xml; charset=utf-8', {}, 'application/soap+xml'],
    ['1.1, by its header', soap11, 'text/xml', { soapaction: '"urn:idoc"' }, 'text/xml'],
  ] as const)('%s is answered so', async (_, namespace, type, headers, answerType) => {
    const answer = await ask(enveloped(namespace, inner(idoc(1))), type, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(`${answerType}; charset=utf-8`);
    expect(answer.text).toContain(`xmlns:soap="${namespace}"><soap:Body></soap:Body>`);
  });

  test('in UTF-16 is understood, too', async () => {
    const text = enveloped(soap11, inner(idoc(1))).replace('utf-8', 'utf-16');
    const answer = await ask(Buffer.from(`\ufeff${text}`, 'utf16le'), 'text/xml; charset=utf-16');
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining(soap11) });
  });

  test('is told whose fault it is, and what is wrong, as text', async () => {
    const cut = enveloped(soap12, inner(idoc(1))).slice(0, -40);
    const refused = await ask(cut);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('<soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code>');
    expect(refused.text).toMatch(/<soap:Text xml:lang="en">[A-Z][^<]*RSEOUT00[^<]*<\/soap:Text>/);
    it.queue.gate = () => Promise.reject(new GatewayError('QUEUE_FULL'));
    const away12 = await post(it.url, enveloped(soap12, inner(idoc(1))));
    expect(away12).toMatchObject({ status: 503, text: expect.stringContaining('soap:Receiver<') });
    const away11 = await post(it.url, enveloped(soap11, inner(idoc(1))));
    expect(away11).toMatchObject({ status: 503, text: expect.stringContaining('<faultcode>soap:Server<') });
  });

  test('gets words that cannot break its envelope', async () => {
    it = await openReceiver();
    const issue = 'a < b & "c" > d\u0001</soap:Fault>';
    it.queue.gate = () => Promise.reject(new GatewayError('IDOC_MALFORMED', { reason: issue }));
    for (const namespace of [soap11, soap12]) {
      const { text } = await post(it.url, enveloped(namespace, inner(idoc(1))));
      expect(text).toContain('a &lt; b &amp; "c" &gt; d &lt;/soap:Fault&gt;');
    }
  });
});

test('what stands behind a failure stays with us', async () => {
  it = await openReceiver();
  it.queue.gate = () => Promise.reject(new GatewayError('QUEUE_FULL', {}, new Error('/var/lib/gangway/changes')));
  expect((await post(it.url, documentOf(idoc(1)))).text).not.toContain('/var/lib');
});

test('a known number with other content is counted, and somebody is told to look', async () => {
  it = await openReceiver();
  await post(it.url, documentOf(idoc(1)));
  const other = documentOf(idoc(1).replace('Nordwind', 'Alpenglas'));
  expect((await post(it.url, other)).text).toBe('1 IDocs taken. 1 of them wait for a person: see gangway queue.\n');
  const text = await it.metrics.registry.metrics();
  expect(text).toMatch(/arrivals_total\{way="http",type="DEBMAS",result="conflict",program="agent"\} 1/);
});

test('what came is counted in bytes, and who was refused', async () => {
  it = await openReceiver({ credentials: { user: 'IDOC', password: () => 'secret' } });
  const authorization = `Basic ${Buffer.from('IDOC:secret').toString('base64')}`;
  const body = documentOf(idoc(1));
  await post(it.url, body, { authorization });
  await post(it.url, body);
  const text = await it.metrics.registry.metrics();
  expect(text).toContain(`arrival_bytes_total{way="http",program="agent"} ${body.length}`);
  expect(text).toMatch(/documents_total\{way="http",outcome="IDOC_SENDER_REFUSED",program="agent"\} 1/);
});
