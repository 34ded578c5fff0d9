/** What SAP is answered: a line that people read in the status of an IDoc, in a SOAP envelope where SAP speaks SOAP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayError } from '../../../errors/index.ts';

export interface HttpAnswer {
  readonly status: number;
  /** Stands behind the status in SAP's log. */
  readonly phrase: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** SAP distinguishes 2xx from everything else; the rest is for people and proxies. */
function statusOf({ code, status, disposition }: GatewayError): number {
  if (code === 'IDOC_ENCODING_WRONG') return 415;
  // A document that cannot be read is a bad request; 422 is for IDocs, and those are refused one by one.
  if (code.startsWith('IDOC_') && disposition === 'reject' && status === 422) return 400;
  return status;
}

/** The answer to a document that was not taken. */
export function failureAnswer(error: GatewayError): HttpAnswer {
  const status = statusOf(error);
  const headers = status === 503 ? { 'retry-after': '10' } : {};
  return { status, phrase: error.code, text: `${error.message} ${error.advice}`, headers };
}

/** Whether the sender speaks SOAP, which SAP's port may be told to do; then an answer without an envelope is none. */
export function soapNamespace(request: IncomingMessage, beginning: string): string | undefined {
  const is12 = /^application\/soap\+xml/i.test(request.headers['content-type'] ?? '') || beginning.includes(soap12);
  if (is12) return soap12;
  const isSoap = request.headers['soapaction'] !== undefined || /<(?:[\w.-]{1,40}:)?Envelope[\s>]/.test(beginning);
  return isSoap ? soap11 : undefined;
}

const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';

/** Sends it; nothing where the line is gone. */
export function sendAnswer(response: ServerResponse, answer: HttpAnswer, soap: string | undefined): void {
  if (response.destroyed || response.headersSent) return;
  const { status, phrase, text, headers } = answer;
  const body = soap === undefined ? `${text}\n` : enveloped(answer, soap);
  const type = soap === undefined ? 'text/plain' : soap === soap12 ? 'application/soap+xml' : 'text/xml';
  response.writeHead(status, phrase, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    // By this `gangway check` knows who listens.
    'x-gangway': 'idocs',
    ...headers,
  });
  response.end(body);
}

function enveloped({ status, text }: HttpAnswer, soap: string): string {
  const who = status < 500 ? 'Client' : 'Server';
  const body = status < 400 ? '' : soap === soap12 ? fault12(who, text) : fault11(who, text);
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${soap}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

const fault11 = (who: string, text: string): string =>
  `<soap:Fault><faultcode>soap:${who}</faultcode><faultstring>${escaped(text)}</faultstring></soap:Fault>`;

const fault12 = (who: string, text: string): string =>
  `<soap:Fault><soap:Code><soap:Value>soap:${who === 'Client' ? 'Sender' : 'Receiver'}</soap:Value></soap:Code>` +
  `<soap:Reason><soap:Text xml:lang="en">${escaped(text)}</soap:Text></soap:Reason></soap:Fault>`;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\p{Cc}/gu, ' ');
