/** Lets agents in: the WebSocket upgrade on /agent, the handshake, and the end of their sessions. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { GatewayError, toGatewayError } from '../errors/index.ts';
import {
  agreeOnVersion,
  announcesServices,
  hello,
  maxIncomingMessageBytes,
  nextHandshakeMessage,
  readAnnouncement,
  readMessage,
  refusal,
  Session,
  spokenVersions,
} from '../protocol/index.ts';
import type { Hello } from '../protocol/index.ts';
import { errorFields } from '../telemetry/index.ts';
import type { AgentAuthenticator } from './authenticate-agent.ts';
import type { AgentSession, Sessions } from './sessions.ts';
import type { ServiceBook } from './service-book.ts';
import type { RelayParts } from './settings.ts';

export interface AcceptAgentsParts extends Pick<RelayParts, 'clock' | 'log'> {
  readonly authenticator: AgentAuthenticator;
  readonly sessions: Sessions;
  readonly services: ServiceBook;
  readonly maxAgents: number;
  readonly isDraining: () => boolean;
}

/** A session whose agent connects again is asked at once whether it still lives, instead of waiting for its heartbeat. */
const supersededTimeoutMs = 2_000;

/** Serves WebSocket upgrades of an HTTP server; `hangUp` ends the handshakes under way. */
export function acceptAgents(server: Server, parts: AcceptAgentsParts): { readonly hangUp: () => void } {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxIncomingMessageBytes,
  });
  const greeting = new Set<WebSocket>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== '/agent') return refuseUpgrade(socket, '404 Not Found');
    const isFull = parts.sessions.size + greeting.size >= parts.maxAgents;
    if (isFull || parts.isDraining()) return refuseUpgrade(socket, '503 Service Unavailable');
    // Until the upgrade is done nobody else listens for errors of this socket.
    socket.on('error', () => socket.destroy());
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      greeting.add(webSocket);
      void greet(webSocket, parts).finally(() => greeting.delete(webSocket));
    });
  });
  return {
    hangUp: () => {
      for (const socket of greeting) socket.terminate();
    },
  };
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function greet(socket: WebSocket, parts: AcceptAgentsParts): Promise<void> {
  // Errors end in `close`, which the handshake and the session listen for.
  socket.on('error', (cause) => parts.log.debug(errorFields(cause), 'An agent connection failed'));
  try {
    addSession(socket, await handshake(socket, parts), parts);
  } catch (thrown) {
    refuse(socket, thrown, parts);
  }
}

/** What an agent said of itself, and the version both speak. */
interface Greeting extends Hello {
  readonly version: number;
}

async function handshake(socket: WebSocket, parts: AcceptAgentsParts): Promise<Greeting> {
  const nonce = randomBytes(32).toString('base64url');
  const answered = nextHandshakeMessage(socket, parts.clock);
  socket.send(JSON.stringify({ type: 'challenge', versions: spokenVersions, nonce }));
  const said = readMessage(hello, await answered);
  const version = agreeOnVersion(spokenVersions, said.versions);
  await parts.authenticator.authenticate(said, nonce);
  socket.send(JSON.stringify({ type: 'welcome', version }));
  return { ...said, version };
}

function addSession(socket: WebSocket, said: Greeting, parts: AcceptAgentsParts): void {
  const { clock, log, sessions, services } = parts;
  const announces = announcesServices(said.version);
  const older = sessions.all().filter((other) => other.agent === said.agent);
  const session = new Session(socket, {
    side: 'relay',
    clock,
    onAnnouncement: announces ? (bytes) => noteServices(bytes) : undefined,
    onGoAway: () => {
      sessions.markDraining(entry);
      closeWhenIdle();
    },
    onCallEnd: () => closeWhenIdle(),
    onEnd: (reason) => {
      sessions.remove(entry);
      log.info({ agent: said.agent, ...errorFields(reason) }, 'An agent disconnected');
    },
  });
  /** The relay closes, not the agent: only here it is certain that the last answer has arrived. */
  const closeWhenIdle = (): void => {
    if (entry.isDraining && session.openCalls === 0) session.close(new GatewayError('RELAY_DRAINING'));
  };
  const entry: AgentSession = {
    agent: said.agent,
    orgs: new Set(said.orgs),
    systems: new Set(said.systems),
    session,
    announces,
    services: new Map(),
    isDraining: false,
  };
  const noteServices = (bytes: Buffer): void => {
    const announced = readAnnouncement(bytes);
    services.note(entry, announced);
    const facts = { agent: said.agent, system: announced.system, services: announced.services.length };
    if (announced.unreadable === 0) log.info(facts, 'An agent announced its services');
    else log.warn({ ...facts, unreadable: announced.unreadable }, 'An agent announced services this relay cannot read');
  };
  if (session.isOver) return;
  sessions.add(entry);
  log.info({ agent: said.agent, orgs: said.orgs.length, systems: said.systems.join(' ') }, 'An agent connected');
  for (const other of older) {
    other.session.roundTrip(supersededTimeoutMs).catch((lost: unknown) => other.session.close(toGatewayError(lost)));
  }
}

function refuse(socket: WebSocket, thrown: unknown, parts: AcceptAgentsParts): void {
  const error = toGatewayError(thrown);
  parts.log.warn(errorFields(error), 'An agent was refused');
  const code = refusal.shape.code.safeParse(error.code);
  if (code.success) socket.send(JSON.stringify({ type: 'refusal', code: code.data }));
  socket.close(1008);
}
