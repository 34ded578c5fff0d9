/** The port type XML HTTP: posts a document and takes any 2xx for delivered. */
import { request as requestHttp } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { encodeBlocks, encodingName } from './code-page.ts';
import { renderXml } from './render-xml.ts';
import type { HttpPortSettings } from './settings.ts';
import { inPieces, measure, rest, upTo } from './transmission.ts';
import type { Outcome, Packet, PortContext } from './transmission.ts';

/** Nobody reads more of an answer than the place where an error would stand. */
const maxAnswerBytes = 64 * 1024;

/** Ten times ten references of ten: the classic bomb, small on the wire. */
const bomb =
  '<!DOCTYPE bomb [<!ENTITY a0 "ha">' +
  Array.from({ length: 9 }, (_, index) => `<!ENTITY a${index + 1} "${`&a${index};`.repeat(10)}">`).join('') +
  ']>';

interface Body {
  readonly length: number;
  /** What the header promises. */
  readonly declared: number;
  blocks(): Iterable<Buffer>;
}

function* withBomb(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) yield piece.replace('</EDI_DC40>', '<REFINT>&a9;</REFINT></EDI_DC40>');
}

function bodyOf({ outgoing, faults }: Packet, { codePage, emptyElements, soap }: HttpPortSettings): Body {
  const isHostile = faults['hostile-entities'] !== undefined;
  // A document that says UTF-8 and is Latin-1; where it would be Latin-1, the other way round.
  const spoiltPage = codePage === '1100' ? '4110' : '1100';
  const actual = faults['wrong-encoding'] === undefined ? codePage : spoiltPage;
  const style = { encoding: encodingName(codePage), emptyElements, soap, ...(isHostile ? { prolog: bomb } : {}) };
  const whole = (): Iterable<Buffer> => {
    const pieces = renderXml(outgoing, style);
    return encodeBlocks(isHostile ? withBomb(pieces) : pieces, actual);
  };
  const length = measure(whole());
  const half = Math.floor(length / 2);
  if (faults['truncated-body'] !== undefined)
    return { length: half, declared: half, blocks: () => upTo(whole(), half) };
  if (faults['cut-connection'] !== undefined)
    return { length: half, declared: length, blocks: () => upTo(whole(), half) };
  return { length, declared: length, blocks: whole };
}

/** Writes block after block, each when the one before it has left for the socket; false when the line has dropped. */
function writerOf(request: ClientRequest): (block: Buffer) => Promise<boolean> {
  // A request that is destroyed early may forget the callbacks of its writes.
  let dropped: () => void = () => undefined;
  request.once('close', () => dropped());
  return (block) =>
    new Promise((resolve) => {
      if (request.destroyed) return resolve(false);
      dropped = () => resolve(false);
      request.write(block, (error) => resolve(error == null));
    });
}

async function writeBody(request: ClientRequest, body: Body, packet: Packet, context: PortContext): Promise<void> {
  const { slow, 'cut-connection': cut } = packet.faults;
  const size = slow === undefined ? 0 : Math.max(1, Math.ceil(body.length / slow.pieces));
  const write = writerOf(request);
  for (const block of slow === undefined ? body.blocks() : inPieces(body.blocks(), size)) {
    if (!(await write(block))) return;
    if (slow !== undefined) await rest(context, slow.delayMs);
  }
  if (cut === undefined) request.end();
  else request.destroy();
}

async function readAnswer(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) if (text.length < maxAnswerBytes) text += String(chunk);
  return text;
}

function judge(status: number, answer: string, { soap }: HttpPortSettings): { isSent: boolean; text: string } {
  if (status < 200 || status > 299) return { isSent: false, text: `HTTP ${status}` };
  if (!soap) return { isSent: true, text: 'Data passed to port OK' };
  if (/:Fault\b/.test(answer)) return { isSent: false, text: 'SOAP fault received' };
  // The SOAP protocol of the port expects an envelope; anything else is no answer to it.
  return /:Envelope\b/.test(answer)
    ? { isSent: true, text: 'Data passed to port OK' }
    : { isSent: false, text: `HTTP ${status} without a SOAP envelope` };
}

function openRequest(port: HttpPortSettings, declared: number, signal: AbortSignal): ClientRequest {
  const { url, user, password = '', contentType, codePage, soap } = port;
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const type = soap ? 'text/xml' : contentType;
  return send(url, {
    method: 'POST',
    agent: false,
    signal,
    headers: {
      'content-type': `${type}; charset=${encodingName(codePage)}`,
      'content-length': declared,
      ...(soap ? { soapaction: '""' } : {}),
      ...(user === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }),
    },
  });
}

/** Sends one document. Never throws: what goes wrong is an outcome. */
export async function sendByHttp(packet: Packet, port: HttpPortSettings, context: PortContext): Promise<Outcome> {
  const body = bodyOf(packet, port);
  const request = openRequest(port, body.declared, context.signal);
  const { promise, resolve } = Promise.withResolvers<{ isSent: boolean; text: string }>();
  const cancelTimeout = context.clock.after(port.timeoutMs, () => request.destroy(new Error('HTTP timeout')));
  request.once('error', (error) => resolve({ isSent: false, text: error.message }));
  request.once('close', () => resolve({ isSent: false, text: 'connection closed' }));
  request.once('response', (response) => {
    readAnswer(response)
      .then((answer) => resolve(judge(response.statusCode ?? 0, answer, port)))
      .catch((error: unknown) => resolve({ isSent: false, text: String(error) }));
  });
  await writeBody(request, body, packet, context);
  const ended = await promise;
  cancelTimeout();
  return { ...ended, bytes: body.length };
}
