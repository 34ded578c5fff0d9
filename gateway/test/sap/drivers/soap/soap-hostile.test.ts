/** Answers that nobody should send: each a clear error with a bound on what it costs, and a clean connection afterwards. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AbapParameters, CallOptions, SapConnection } from '../../../../src/ports/index.ts';
import { Deadline, systemClock } from '../../../../src/timing/index.ts';
import { envelope, parameters, xml } from '../../fakes/soap-server.ts';
import type { Answer, SoapServer } from '../../fakes/soap-server.ts';
import { failure, options, startSoapUnderTest } from '../../fakes/soap-under-test.ts';
import type { SoapUnderTest } from '../../fakes/soap-under-test.ts';

let it: SoapUnderTest;
let server: SoapServer;
let connection: SapConnection;
beforeEach(async () => {
  it = await startSoapUnderTest();
  ({ server, connection } = it);
});
afterEach(() => it.close());

const readCredit = (changes: Partial<CallOptions> = {}): Promise<AbapParameters> =>
  connection.call('Z_GANGWAY_CREDIT_READ', {}, options({ tables: ['ET_BLOCK'], ...changes }));

/** The next call is answered as if nothing had been. */
async function expectCleanConnection(): Promise<void> {
  server.answer = parameters('<E_NAME>Nordwind</E_NAME>');
  expect((await readCredit())['E_NAME']).toBe('Nordwind');
}

/** An envelope that goes on for so many bytes; `sent` resolves with what was written before the caller hung up. */
function endless(piece: string, bytes: number): { readonly answer: Answer; readonly sent: Promise<number> } {
  const { promise, resolve } = Promise.withResolvers<number>();
  const repeated = piece.repeat(Math.ceil(65_536 / piece.length));
  const answer: Answer = (request, response) => {
    let sent = 0;
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.write(envelope(request.functionName, '').split('</rfc')[0] ?? '');
    const more = (): void => {
      if (sent >= bytes || response.destroyed) return;
      sent += repeated.length;
      response.write(repeated, more);
    };
    response.on('close', () => resolve(sent));
    more();
  };
  return { answer, sent: promise };
}

const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';

describe('an answer that is an attack or a mistake', () => {
  test.each<[string, (body: string) => string]>([
    ['entities that grow', (body) => body.replace('?>', `?>${bomb}`).replace('name', '&b;')],
    [
      'an entity that reads a file',
      (body) => body.replace('?>', '?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    ],
    ['elements nested ten thousand deep', (body) => body.replace('name', '<a>'.repeat(10_000))],
    ['a tag without end', (body) => body.replace('name', `<a ${'b'.repeat(2_000_000)}`)],
    ['a comment without end', (body) => body.replace('name', `<!--${'b'.repeat(2_000_000)}`)],
    ['a cut in the middle', (body) => body.slice(0, body.length / 2)],
  ])('%s is refused, and the next call is answered', async (_what, spoil) => {
    server.answer = (request, response) =>
      xml(200, spoil(envelope(request.functionName, '<E_NAME>name</E_NAME>')))(request, response);
    expect((await failure(readCredit())).code).toBe('SAP_ANSWER_UNREADABLE');
    expect((await failure(readCredit({ effect: 'write' }))).code).toBe('SAP_OUTCOME_UNKNOWN');
    await expectCleanConnection();
  });

  test.each<[string, string, number | undefined]>([
    ['rows', '<ET_BLOCK><item><FIELD>AUFSD</FIELD></item></ET_BLOCK>', undefined],
    ['one text', 'aaaaaaaaaaaaaaaa', 8_000_000],
    ['what nobody asked for', '<NOT_DECLARED><item><X>1</X></item></NOT_DECLARED>', 8_000_000],
  ])('200 MB of %s are given up at the limit, and the line is closed', async (_what, piece, maxAnswerBytes) => {
    connection = await it.reopen({ maxAnswerBytes });
    const { answer, sent } = endless(piece, 200_000_000);
    server.answer = answer;
    const error = await failure(readCredit({ deadline: Deadline.in(systemClock, 30_000) }));
    expect(error.code).toBe('ANSWER_TOO_LARGE');
    expect(error.disposition).toBe('reject');
    // 64 MB unless told otherwise, and what was on its way.
    expect(await sent).toBeLessThan((maxAnswerBytes ?? 67_108_864) + 20_000_000);
    await expectCleanConnection();
  });

  test('rows that hold nothing are counted: they are short on the wire and long in memory', async () => {
    const { answer, sent } = endless('<ET_BLOCK><item/><item/></ET_BLOCK>', 200_000_000);
    server.answer = answer;
    expect((await failure(readCredit())).context).toEqual({ maxRows: 500_000 });
    expect(await sent).toBeLessThan(30_000_000);
    await expectCleanConnection();
  });

  test('of a write it is an unknown outcome', async () => {
    server.answer = endless('<ET_BLOCK><item/></ET_BLOCK>', 200_000_000).answer;
    expect((await failure(readCredit({ effect: 'write' }))).code).toBe('SAP_OUTCOME_UNKNOWN');
  });

  test('one that is slower than its deadline leaves a clean connection', async () => {
    server.answer = () => undefined;
    const short = Deadline.in(systemClock, 40);
    expect((await failure(readCredit({ deadline: short }))).code).toBe('DEADLINE_PASSED');
    await expectCleanConnection();
  });
});
