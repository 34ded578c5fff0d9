/** The SOAP driver against a small endpoint on a socket: everything that can go wrong, told apart. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { AbapParameters, CallOptions } from '../../../../src/ports/index.ts';
import { Deadline, systemClock } from '../../../../src/timing/index.ts';
import { fault, page, parameters, xml } from '../../fakes/soap-server.ts';
import type { Answer, SoapServer } from '../../fakes/soap-server.ts';
import { failure, secret, startSoapUnderTest } from '../../fakes/soap-under-test.ts';
import type { SoapUnderTest } from '../../fakes/soap-under-test.ts';

let it: SoapUnderTest;
let server: SoapServer;
const ping = (changes?: Partial<CallOptions>): Promise<AbapParameters> => it.ping(changes);

beforeEach(async () => {
  it = await startSoapUnderTest();
  ({ server } = it);
});
afterEach(() => it.close());

describe('what can go wrong', () => {
  const client = (key: string): Answer =>
    xml(500, fault('Client', `It failed: ${key}`, `<rfc:Error><Name>${key}</Name></rfc:Error>`));
  const dump = xml(500, fault('Server', 'Runtime error COMPUTE_INT_ZERODIVIDE', ''));

  test.each<[string, Answer, string, string]>([
    ['HTTP 403', page(403), 'SAP_NOT_AUTHORIZED', 'SAP_NOT_AUTHORIZED'],
    ['HTTP 404', page(404), 'SAP_FUNCTION_MISSING', 'SAP_FUNCTION_MISSING'],
    ['HTTP 503', page(503), 'SAP_WORK_PROCESSES_EXHAUSTED', 'SAP_WORK_PROCESSES_EXHAUSTED'],
    ['HTTP 500 with a page', page(500), 'SAP_SHORT_DUMP', 'SAP_OUTCOME_UNKNOWN'],
    ['HTTP 504', page(504), 'SAP_UNREACHABLE', 'SAP_OUTCOME_UNKNOWN'],
    ['a logon page with HTTP 200', page(200), 'SAP_ANSWER_UNREADABLE', 'SAP_OUTCOME_UNKNOWN'],
    ['a missing function', client('FU_NOT_FOUND'), 'SAP_FUNCTION_MISSING', 'SAP_FUNCTION_MISSING'],
    ['a missing authorization', client('RFC_NO_AUTHORITY'), 'SAP_NOT_AUTHORIZED', 'SAP_NOT_AUTHORIZED'],
    ['an exception of the function', client('SOMETHING_ELSE'), 'SAP_REFUSED', 'SAP_OUTCOME_UNKNOWN'],
    ['a short dump', dump, 'SAP_SHORT_DUMP', 'SAP_OUTCOME_UNKNOWN'],
  ])('%s is told apart, and a write that may have run is never called refused', async (_what, answer, read, write) => {
    server.answer = answer;
    expect((await failure(ping())).code).toBe(read);
    expect((await failure(ping({ effect: 'write' }))).code).toBe(write);
  });

  test('a key that SAP only quotes does not make a write harmless', async () => {
    server.answer = xml(
      500,
      fault('Client', 'Name FU_NOT_FOUND is not allowed', '<Text>Name FU_NOT_FOUND is not allowed</Text>'),
    );
    expect((await failure(ping({ effect: 'write' }))).code).toBe('SAP_OUTCOME_UNKNOWN');
    server.answer = xml(500, fault('Server', 'Dump', '<Name>CALL_FUNCTION_NOT_FOUND</Name>'));
    expect((await failure(ping({ effect: 'write' }))).code).toBe('SAP_OUTCOME_UNKNOWN');
  });

  test("a fault's own words travel along", async () => {
    server.answer = client('SOMETHING_ELSE');
    expect((await failure(ping())).sapMessages).toEqual([
      { type: 'E', id: '', number: '', text: 'It failed: SOMETHING_ELSE' },
    ]);
  });

  test('a refused logon is the last one: nothing is sent any more', async () => {
    server.answer = page(401);
    const first = await Promise.all([failure(ping()), failure(ping()), failure(ping({ effect: 'write' }))]);
    expect(first.map((error) => error.code)).toEqual(Array(3).fill('SAP_LOGON_REFUSED'));
    server.answer = parameters('');
    expect((await failure(ping())).code).toBe('SAP_LOGON_REFUSED');
    // Three at once, then one more: SAP counted one wrong password.
    expect(server.requests).toHaveLength(1);
  });

  test('calls that wait for a connection are not sent once a logon was refused: the user must not get locked', async () => {
    await it.reopen({ maxConnections: 2 });
    await ping();
    const release = Promise.withResolvers<void>();
    server.answer = (request, response) => void release.promise.then(() => page(401)(request, response));
    const calls = Array.from({ length: 10 }, () => failure(ping({ effect: 'write' })));
    release.resolve();
    expect((await Promise.all(calls)).map((error) => error.code)).toEqual(Array(10).fill('SAP_LOGON_REFUSED'));
    expect(server.requests).toHaveLength(3);
  });

  test('the secret appears in no error', async () => {
    server.answer = page(401);
    const error = await failure(ping());
    expect(JSON.stringify([error.message, error.context, String(error.cause), error.stack])).not.toContain(secret);
  });

  test('a slow answer ends at the deadline: passed for a read, unknown for a write', async () => {
    await ping();
    server.answer = () => undefined;
    const short = (): Deadline => Deadline.in(systemClock, 50);
    expect((await failure(ping({ deadline: short() }))).code).toBe('DEADLINE_PASSED');
    expect((await failure(ping({ deadline: short(), effect: 'write' }))).code).toBe('SAP_OUTCOME_UNKNOWN');
  });

  test('an answer that trickles does not outlive the deadline', async () => {
    await ping();
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const trickle = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(trickle));
    };
    expect((await failure(ping({ deadline: Deadline.in(systemClock, 80) }))).code).toBe('DEADLINE_PASSED');
  });

  test('a write still waiting for a connection at its deadline has certainly not run', async () => {
    await it.reopen({ maxConnections: 1 });
    await ping();
    const release = Promise.withResolvers<void>();
    server.answer = (request, response) => void release.promise.then(() => parameters('')(request, response));
    const slow = ping();
    const waiting = await failure(ping({ effect: 'write', deadline: Deadline.in(systemClock, 50) }));
    expect(waiting.code).toBe('DEADLINE_PASSED');
    release.resolve();
    await slow;
    await ping();
    expect(server.requests).toHaveLength(3);
  });

  test('a cut connection is an unknown outcome for a write, which is sent once', async () => {
    await ping();
    server.answer = (_request, response) => response.destroy();
    expect((await failure(ping({ effect: 'write' }))).code).toBe('SAP_OUTCOME_UNKNOWN');
    expect(server.requests).toHaveLength(2);
  });

  test('a read whose answer was cut is asked once more, and only once', async () => {
    await ping();
    server.answer = (_request, response) => response.destroy();
    expect((await failure(ping())).code).toBe('SAP_UNREACHABLE');
    expect(server.requests).toHaveLength(3);
  });

  test('a host that nobody listens on is unreachable, for a write too', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    await it.reopen({ url: `http://127.0.0.1:${port}` });
    const error = await failure(ping({ effect: 'write' }));
    expect(error.code).toBe('SAP_UNREACHABLE');
    expect(error.context['reason']).toBe('ECONNREFUSED');
  });

  test('more calls than may wait are turned away at once', async () => {
    await it.reopen({ maxConnections: 1, maxWaiting: 1 });
    await ping();
    const release = Promise.withResolvers<void>();
    server.answer = (request, response) => void release.promise.then(() => parameters('')(request, response));
    const running = [ping(), ping()];
    expect((await failure(ping())).code).toBe('AGENT_BUSY');
    release.resolve();
    await Promise.all(running);
  });

  test('never more connections than configured', async () => {
    await it.reopen({ maxConnections: 2 });
    await ping();
    let [open, most] = [0, 0];
    server.answer = (request, response) => {
      most = Math.max(most, (open += 1));
      setImmediate(() => {
        open -= 1;
        parameters('')(request, response);
      });
    };
    await Promise.all(Array.from({ length: 12 }, () => ping()));
    expect(most).toBe(2);
  });
});
