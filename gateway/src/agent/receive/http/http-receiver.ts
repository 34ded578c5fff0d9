/**
 * Listens for SAP's XML HTTP port (WE21). Off unless configured; on an address of the LAN or the machine itself.
 *
 * 1. An answer of 2xx means that everything of the document is on disk. A line that is cut acknowledges nothing.
 * 2. Nothing of a document's content goes into the log or into an answer.
 */
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { GatewayError, toGatewayError } from '../../../errors/index.ts';
import { errorFields } from '../../../telemetry/index.ts';
import { backoffMs, sleep } from '../../../timing/index.ts';
import type { Deadline } from '../../../timing/index.ts';
import { failureAnswer, sendAnswer, soapNamespace } from './answers.ts';
import type { HttpAnswer } from './answers.ts';
import { areRight } from './basic-credentials.ts';
import type { Credentials } from './basic-credentials.ts';
import { DocumentBody } from './document-body.ts';
import { defaultHttpLimits, maxConnections, serverOptions } from './limits.ts';
import type { HttpLimits } from './limits.ts';
import { Places } from './places.ts';
import { takeDocument } from './take-document.ts';
import type { DocumentParts } from './take-document.ts';

export interface HttpReceiverSettings {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly path: string;
  /** Nobody is asked for them where absent. */
  readonly credentials?: Credentials | undefined;
  readonly tls?: { readonly certificate: () => string; readonly privateKey: () => string } | undefined;
  readonly maxDocumentBytes: number;
  /** Documents read at once. */
  readonly concurrent: number;
  readonly limits?: Partial<HttpLimits> | undefined;
}

export type HttpReceiverParts = Omit<DocumentParts, 'places' | 'placeMs' | 'maxBytes'>;

/** The listener; it tries again while its port is taken, because the agent before this one may still be ending. */
export interface HttpReceiver {
  readonly isOpen: boolean;
  /** 0 while it does not listen. */
  readonly port: number;
  /** Resolves when it listens. */
  ready(): Promise<void>;
  /** Certificates are read again. */
  goOn(): void;
  /** New documents are put off; those under way end as far as there is time. */
  drain(deadline: Deadline): Promise<void>;
}

const listenWaits = { firstMs: 500, maxMs: 30_000 };

/** Begins to listen in the background. */
export function startHttpReceiver(settings: HttpReceiverSettings, parts: HttpReceiverParts): HttpReceiver {
  const listener = new Listener(settings, parts);
  listener.open();
  return listener;
}

class Listener implements HttpReceiver {
  readonly #settings: HttpReceiverSettings;
  readonly #parts: HttpReceiverParts;
  readonly #limits: HttpLimits;
  readonly #places: Places;
  readonly #server: Server;
  readonly #stop = new AbortController();
  readonly #opened = Promise.withResolvers<void>();
  #trying: Promise<void> = Promise.resolve();
  #renewCertificate: () => void = () => undefined;
  #underWay = 0;
  #onIdle: () => void = () => undefined;

  constructor(settings: HttpReceiverSettings, parts: HttpReceiverParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#limits = { ...defaultHttpLimits, ...settings.limits };
    this.#places = new Places(settings.concurrent, this.#limits.waiting, parts.clock);
    const listener: RequestListener = (request, response) => void this.#answer(request, response);
    this.#server = this.#create(listener);
    this.#server.maxConnections = maxConnections;
    // What hinders listening is heeded where it is tried; a single connection that fails is the sender's loss.
    this.#server.on('error', () => undefined);
  }

  get isOpen(): boolean {
    return this.#server.listening;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  ready(): Promise<void> {
    return this.#opened.promise;
  }

  open(): void {
    this.#trying = this.#listen();
  }

  goOn(): void {
    this.#renewCertificate();
  }

  async drain(deadline: Deadline): Promise<void> {
    const { clock, measure } = this.#parts;
    this.#stop.abort();
    this.#places.refuseAll();
    await this.#trying;
    measure.open('http', false);
    const idle = new AbortController();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    this.#onIdle = () => idle.abort();
    if (this.#underWay > 0) await sleep(clock, deadline.remainingMs(), idle.signal);
    this.#server.closeAllConnections();
    await closed;
  }

  #create(listener: RequestListener): Server {
    const { tls } = this.#settings;
    if (tls === undefined) return createHttpServer(serverOptions, listener);
    const secrets = () => ({ cert: tls.certificate(), key: tls.privateKey() });
    const server = createHttpsServer({ ...serverOptions, ...secrets() }, listener);
    this.#renewCertificate = () => server.setSecureContext(secrets());
    return server;
  }

  async #listen(): Promise<void> {
    const { clock, log, measure, system } = this.#parts;
    const { host } = this.#settings;
    for (let attempt = 1; !this.#stop.signal.aborted; attempt += 1) {
      const failure = await this.#tryToListen();
      measure.open('http', failure === undefined);
      if (failure === undefined) {
        log.info({ system, host, port: this.port }, 'IDocs are taken over HTTP');
        this.#opened.resolve();
        return;
      }
      if (attempt === 1) log.error({ system, ...errorFields(failure) }, 'IDocs cannot be taken over HTTP');
      await sleep(clock, backoffMs(clock, listenWaits, attempt), this.#stop.signal);
    }
  }

  #tryToListen(): Promise<GatewayError | undefined> {
    const { host, port } = this.#settings;
    return new Promise((resolve) => {
      const fail = (error: Error & { readonly code?: string }): void =>
        resolve(new GatewayError('IDOC_LISTENER_FAILED', { address: `${host}:${port}`, reason: error.code }, error));
      this.#server.once('error', fail);
      this.#server.listen(port, host, () => {
        this.#server.off('error', fail);
        resolve(undefined);
      });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay += 1;
    // A line that breaks while it is answered is the sender's loss: it sends the document again.
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    const { clock } = this.#parts;
    const maxBytes = this.#settings.maxDocumentBytes;
    const body = new DocumentBody(request, { clock, limits: this.#limits, maxBytes });
    try {
      const answer = await this.#reply(request, body).catch((thrown: unknown) => this.#surprised(thrown));
      sendAnswer(response, answer, soapNamespace(request, body.beginning));
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#onIdle();
    }
    await body.discard();
  }

  async #reply(request: IncomingMessage, body: DocumentBody): Promise<HttpAnswer> {
    const { path, credentials, maxDocumentBytes } = this.#settings;
    if (pathOf(request.url) !== path)
      return plain(404, 'Not Found', 'IDocs are not taken at this path: compare it in SM59.');
    if (credentials !== undefined && !areRight(request.headers.authorization, credentials)) return this.#stranger();
    if (request.method === 'GET' || request.method === 'HEAD')
      return plain(200, 'OK', 'IDocs are taken here: SAP posts them as XML (WE21, XML HTTP).');
    if (request.method !== 'POST') {
      const answer = plain(405, 'Method Not Allowed', 'IDocs are posted.');
      return { ...answer, headers: { allow: 'GET, HEAD, POST' } };
    }
    if (this.#stop.signal.aborted) return failureAnswer(new GatewayError('IDOC_RECEIVER_BUSY'));
    const { placeMs } = this.#limits;
    return takeDocument(request, body, { ...this.#parts, places: this.#places, placeMs, maxBytes: maxDocumentBytes });
  }

  /** A password that cannot be read, or a bug: who sends gets words all the same, and keeps the document. */
  #surprised(thrown: unknown): HttpAnswer {
    const error = toGatewayError(thrown);
    this.#parts.log.error({ system: this.#parts.system, ...errorFields(error) }, 'A request could not be taken');
    return failureAnswer(error);
  }

  #stranger(): HttpAnswer {
    const error = new GatewayError('IDOC_SENDER_REFUSED');
    this.#parts.measure.ended('http', error.code, 0);
    const headers = { 'www-authenticate': 'Basic realm="Gangway IDocs", charset="UTF-8"' };
    return { ...failureAnswer(error), headers };
  }
}

/** A slash at its end counts for nothing; undefined for what strangers send and no address is. */
const pathOf = (url = '/'): string | undefined => URL.parse(url, 'http://agent')?.pathname.replace(/(?<=.)\/$/, '');

const plain = (status: number, phrase: string, text: string): HttpAnswer => ({ status, phrase, text });
