/** A small SOAP endpoint on a real socket, for what the simulated SAP never does: broken, hostile and cut answers. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

export interface SoapRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The element in the envelope's body, without prefix. */
  readonly functionName: string;
}

/** Answers one request in whatever way it likes. */
export type Answer = (request: SoapRequest, response: ServerResponse) => void;

export interface SoapServer {
  readonly url: string;
  readonly requests: SoapRequest[];
  /** Answers from now on; by default RFC_PING's empty answer. */
  answer: Answer;
  /** Closes every connection, as a restarted SAP does. */
  dropConnections(): void;
  close(): Promise<void>;
}

async function readRequest(message: IncomingMessage): Promise<SoapRequest> {
  message.setEncoding('utf8');
  let body = '';
  for await (const piece of message) body += String(piece);
  const functionName = /<SOAP-ENV:Body><rfc:([^ >]+)/.exec(body)?.[1] ?? '';
  return { url: message.url ?? '', headers: message.headers, body, functionName };
}

/** An envelope around the parameters of an answer. */
export function envelope(functionName: string, parameters: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>' +
    `<rfc:${functionName}.Response xmlns:rfc="urn:sap-com:document:sap:rfc:functions">${parameters}</rfc:${functionName}.Response>` +
    '</SOAP-ENV:Body></SOAP-ENV:Envelope>'
  );
}

/** An envelope around a fault. */
export function fault(code: 'Client' | 'Server', text: string, detail: string): string {
  return (
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault>' +
    `<faultcode>SOAP-ENV:${code}</faultcode><faultstring>${text}</faultstring><detail>${detail}</detail>` +
    '</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>'
  );
}

/** Answers with this body. */
export function xml(status: number, body: string): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(body);
  };
}

/** Answers with an HTML page, as SAP's ICM does. */
export function page(status: number): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(`<html><body>${status}<br></body></html>`);
  };
}

/** Answers every function with the same parameters. */
export function parameters(text: string): Answer {
  return (request, response) => xml(200, envelope(request.functionName, text))(request, response);
}

/** Listens on a free port of the loopback. */
export async function startSoapServer(answer: Answer = parameters('')): Promise<SoapServer> {
  const server = createServer((message, response) => {
    readRequest(message).then(
      (request) => {
        state.requests.push(request);
        state.answer(request, response);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const state: SoapServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    answer,
    dropConnections: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return state;
}
