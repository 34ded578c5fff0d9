/** What SAP posts, and what it is answered. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { createLog } from '../../../src/telemetry/index.ts';
import type { HttpReceiverSettings } from '../../../src/agent/receive/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { until } from '../../flows/stack.ts';
import { documentOf, idoc, openReceiver, post } from './receiver-under-test.ts';
import type { ReceiverUnderTest } from './receiver-under-test.ts';

let it: ReceiverUnderTest;
const open = async (settings: Partial<HttpReceiverSettings> = {}): Promise<ReceiverUnderTest> =>
  (it = await openReceiver(settings));
afterEach(() => it.close());

const numbers = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(index + 1).padStart(16, '0'));

describe('a document of IDocs', () => {
  test('is answered 200 once everything of it is durable, and not before', async () => {
    await open();
    const disk = Promise.withResolvers<void>();
    it.queue.gate = () => disk.promise;
    let isAnswered = false;
    const answer = post(it.url, documentOf(idoc(1), idoc(2))).finally(() => (isAnswered = true));
    await until(
      () => it.metrics.registry.metrics(),
      (text) => text.includes('gangway_arrival_way_open'),
    );
    expect(isAnswered).toBe(false);
    disk.resolve();
    expect(await answer).toMatchObject({ status: 200, text: '2 IDocs taken.\n' });
    expect(it.queue.numbers).toEqual(numbers(2));
  });

  test('goes into the queue in batches of at most a hundred', async () => {
    await open();
    const all = Array.from({ length: 250 }, (_, index) => idoc(index + 1));
    expect((await post(it.url, documentOf(...all))).status).toBe(200);
    expect(it.queue.batches).toEqual([100, 100, 50]);
  });

  test('may come twice', async () => {
    await open();
    await post(it.url, documentOf(idoc(1)));
    expect((await post(it.url, documentOf(idoc(1)))).status).toBe(200);
    expect(it.queue.numbers).toEqual(numbers(1));
    const text = await it.metrics.registry.metrics();
    expect(text).toMatch(/arrivals_total\{way="http",type="DEBMAS",result="repeated",program="agent"\} 1/);
  });

  test('with one IDoc that cannot be taken keeps it aside, and is answered 200 for the others', async () => {
    await open();
    const answer = await post(it.url, documentOf(idoc(1), idoc(2, { MANDT: '999' }), idoc(3)));
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('3 IDocs taken. 1 of them wait') });
    expect(it.queue.refusals.map(({ error }) => error.code)).toEqual(['IDOC_CLIENT_WRONG']);
    expect(it.queue.numbers).toEqual(['0000000000000001', '0000000000000003']);
  });

  test.each(['text/xml', 'text/xml; charset=utf-8', 'application/x-sap.idoc', 'APPLICATION/X-SAP.IDOC;charset=utf-8'])(
    'is taken as %s',
    async (type) => {
      await open();
      expect((await post(it.url, documentOf(idoc(1)), { 'content-type': type })).status).toBe(200);
    },
  );

  test('is found at its path with the client that SAP puts behind it', async () => {
    await open();
    expect((await post(`${it.url}/?sap-client=100`, documentOf(idoc(1)))).status).toBe(200);
  });

  test('in a SOAP envelope is answered in one', async () => {
    await open();
    const [prolog = '', root = ''] = documentOf(idoc(1)).split('?>');
    const soap = `${prolog}?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${root}</e:Body></e:Envelope>`;
    const answer = await post(it.url, soap, { soapaction: '""' });
    expect(answer).toMatchObject({ status: 200, text: expect.stringMatching(/:Envelope .*:Body><\//) });
    expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
    const cut = await post(it.url, soap.slice(0, -40));
    expect(cut).toMatchObject({ status: 400, text: expect.stringContaining('<faultcode>soap:Client</faultcode>') });
  });
});

describe('a document that cannot be read', () => {
  const long = ' '.repeat(100_000);
  test.each([
    ['that is cut off', documentOf(idoc(1)).slice(0, -60), 400, 'IDOC_TRUNCATED'],
    ['that is no XML', 'MANDT;KUNNR\n100;0000104711', 400, 'IDOC_MALFORMED'],
    ['that is empty', '', 400, 'IDOC_'],
    ['of another kind', '<html><body>Logon</body></html>', 400, 'IDOC_MALFORMED'],
    ['without IDocs', '<DEBMAS07></DEBMAS07>', 400, 'IDOC_MALFORMED'],
    [
      'with entities',
      `<!DOCTYPE a [<!ENTITY b "c">]>${documentOf(idoc(1, { REFINT: '&b;' })).slice(38)}`,
      400,
      'IDOC_MALFORMED',
    ],
    [
      'in another encoding than it says',
      Buffer.from(documentOf(idoc(1, { RCVPRN: 'MÜNCHEN' })), 'latin1'),
      415,
      'ENCODING',
    ],
    [
      'that goes on for ever',
      [documentOf(idoc(1)).slice(0, -11), ...Array.from({ length: 100 }, () => long)],
      413,
      'TOO_LARGE',
    ],
  ] as const)('%s is answered with a sentence about it', async (_, body, status, code) => {
    await open({ maxDocumentBytes: 1_000_000 });
    const answer = await post(it.url, body);
    expect(answer).toMatchObject({ status, phrase: expect.stringContaining(code) });
    expect(answer.text).toMatch(/^[A-Z].*\. .*(BD87|WE0?2|WE2\d)/);
    // The line after it is SAP's next document's.
    expect((await post(it.url, documentOf(idoc(7)))).status).toBe(200);
  });

  test('tells nothing of what is in it', async () => {
    await open();
    const { text } = await post(it.url, documentOf(idoc(1)).replace('Nordwind', '<Secret&Name'));
    expect(text).not.toContain('Secret');
    expect(text).not.toContain('0000104711');
  });

  test('keeps what stood before the fault, because that is whole and comes again', async () => {
    await open();
    const body = Buffer.from(documentOf(idoc(1), idoc(2, { RCVPRN: 'MÜNCHEN' })), 'latin1');
    expect((await post(it.url, body)).status).toBe(415);
    expect(it.queue.numbers).toEqual(numbers(1));
  });

  test('by its length is not read at all', async () => {
    await open({ maxDocumentBytes: 10 });
    const socket = connect(it.receiver.port, '127.0.0.1');
    socket.write('POST /idocs HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 11\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 IDOC_TOO_LARGE/);
    socket.destroy();
  });

  test('is one that is compressed, or of another content type', async () => {
    await open();
    const gzip = await post(it.url, 'x', { 'content-encoding': 'gzip' });
    expect(gzip).toMatchObject({ status: 415, text: expect.stringContaining('SM59') });
    const json = await post(it.url, '{}', { 'content-type': 'application/json' });
    expect(json).toMatchObject({ status: 415, text: expect.stringContaining('WE21') });
  });
});

describe('who may send', () => {
  const credentials = { user: 'IDOC', password: () => 'Geheim: ä' };
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  test('is who knows the user and the password', async () => {
    await open({ credentials });
    expect((await post(it.url, documentOf(idoc(1)), basic('IDOC:Geheim: ä'))).status).toBe(200);
    const headers = [
      {},
      basic('IDOC:geheim: ä'),
      basic('IDOC'),
      { authorization: 'Basic ***' },
      { authorization: 'Bearer x' },
    ];
    for (const given of headers) {
      const answer = await post(it.url, documentOf(idoc(2)), given);
      expect(answer).toMatchObject({ status: 401, text: expect.stringContaining('SM59') });
      expect(answer.headers['www-authenticate']).toContain('Basic');
    }
    expect(it.queue.numbers).toEqual(numbers(1));
  });

  test('learns from the connection test of SM59 whether the password is right', async () => {
    await open({ credentials });
    expect((await fetch(it.url)).status).toBe(401);
    const answer = await fetch(it.url, { headers: basic('IDOC:Geheim: ä') });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('IDocs are taken here')]);
  });

  test('posts, and to this path', async () => {
    await open();
    expect((await fetch(it.url, { method: 'PUT', body: 'x' })).status).toBe(405);
    expect((await fetch(it.url.replace('/idocs', '/other'), { method: 'POST', body: 'x' })).status).toBe(404);
  });
});

describe('a queue that cannot take it', () => {
  test.each(['QUEUE_FULL', 'QUEUE_FAILED'] as const)('says so with 503: %s', async (code) => {
    await open();
    it.queue.gate = () => Promise.reject(new GatewayError(code));
    expect(await post(it.url, documentOf(idoc(1)))).toMatchObject({ status: 503, phrase: code });
  });

  test('for what was refused leaves the whole document with SAP', async () => {
    await open();
    it.queue.refuse = () => Promise.reject(new GatewayError('QUEUE_FULL'));
    expect((await post(it.url, documentOf(idoc(1), idoc(2, { MANDT: '999' })))).status).toBe(503);
  });
});

describe('the line', () => {
  test('that is cut in the middle acknowledges nothing', async () => {
    await open();
    const text = documentOf(idoc(1), idoc(2));
    const socket = connect(it.receiver.port, '127.0.0.1');
    await once(socket, 'connect');
    const head = `POST /idocs HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: ${text.length}\r\n\r\n`;
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.write(head + text.slice(0, -100));
    socket.end();
    await until(
      () => it.metrics.registry.metrics(),
      (metrics) => metrics.includes('outcome="IDOC_TRUNCATED"'),
    );
    socket.destroy();
    expect(answer).not.toContain('200 OK');
  });

  test('on which nothing comes any more is given up', async () => {
    await open({ limits: { idleMs: 30 } });
    const text = documentOf(idoc(1));
    const socket = connect(it.receiver.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.write(
      `POST /idocs HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: ${text.length}\r\n\r\n<DEB`,
    );
    await until(
      () => Promise.resolve(answer),
      (said) => said.includes('408 IDOC_SENDER_TOO_SLOW'),
    );
    socket.destroy();
  });

  test('that brings a byte now and then is given up', async () => {
    await open({ limits: { patienceMs: 60, bytesPerMs: 1_000 } });
    const socket = connect(it.receiver.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.write('POST /idocs HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n');
    const drip = setInterval(() => socket.write('1\r\n<\r\n'), 5);
    await until(
      () => Promise.resolve(answer),
      (said) => said.includes('408'),
    ).finally(() => clearInterval(drip));
    socket.destroy();
  });
});

describe('more documents than may be read at once', () => {
  test('wait for their turn', async () => {
    await open({ concurrent: 1 });
    const disk = Promise.withResolvers<void>();
    it.queue.gate = () => disk.promise;
    const answers = [1, 2, 3].map((number) => post(it.url, documentOf(idoc(number))));
    disk.resolve();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(it.queue.numbers.toSorted()).toEqual(numbers(3));
  });

  test('are put off when it takes too long, and told when to come again', async () => {
    await open({ concurrent: 1, limits: { placeMs: 20 } });
    const disk = Promise.withResolvers<void>();
    it.queue.gate = () => disk.promise;
    const first = post(it.url, documentOf(idoc(1)));
    const answers = await Promise.race([
      Promise.all([post(it.url, documentOf(idoc(2))), post(it.url, documentOf(idoc(3)))]),
      first.then(() => []),
    ]);
    expect(answers.map(({ status }) => status)).toContain(503);
    expect(answers.find(({ status }) => status === 503)?.headers['retry-after']).toBe('10');
    disk.resolve();
    await first;
  });
});

describe('the end', () => {
  test('lets a document end that is under way, and takes no other', async () => {
    await open();
    const disk = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    it.queue.gate = () => {
      asked.resolve();
      return disk.promise;
    };
    const answer = post(it.url, documentOf(idoc(1)));
    await asked.promise;
    const drained = it.receiver.drain(Deadline.in(systemClock, 10_000));
    await expect(post(it.url, documentOf(idoc(2)))).rejects.toThrow('ECONNREFUSED');
    disk.resolve();
    expect((await answer).status).toBe(200);
    await drained;
  });

  test('of another agent frees the port, and this one listens by itself', async () => {
    const other = await openReceiver();
    const port = other.receiver.port;
    const opening = open({ port });
    await other.close();
    await opening;
    expect(it.receiver.port).toBe(port);
  });
});

test('the log says what happened to a document, and nothing of what is in it', async () => {
  let lines = '';
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines += chunk.toString();
      done();
    },
  });
  it = await openReceiver({}, createLog('agent', { level: 'debug' }, sink));
  await post(it.url, documentOf(idoc(1)).slice(0, -20));
  await post(it.url, documentOf(idoc(1), idoc(2, { MANDT: '999' })));
  expect(lines).toContain('IDOC_TRUNCATED');
  expect(lines).toContain('IDocs of a document wait for a person');
  expect(lines).not.toMatch(/Nordwind|104711/);
});
