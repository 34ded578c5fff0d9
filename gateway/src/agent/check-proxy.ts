/** What `gangway check` says of proxies: which one is used for what, and whether it lets the agent through. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { GatewayError } from '../errors/index.ts';
import type { Check } from './check-result.ts';

/** Long enough for a slow proxy and a TLS handshake. */
const proxyTimeoutMs = 15_000;

export interface WayOut {
  /** What is dialled, with its port. */
  readonly target: URL;
  readonly proxyUrl: string | undefined;
}

/** Which proxy is used for what, and whether it lets the agent through. */
export function proxyChecks(ways: readonly WayOut[]): readonly Check[] {
  const direct = ways.filter(({ proxyUrl }) => proxyUrl === undefined);
  const words = direct.map(({ target }) => target.host).join(', ');
  return [
    ...(direct.length === 0 ? [] : [{ name: 'proxy', run: async () => `none on the way to ${words}` }]),
    ...ways.flatMap(({ target, proxyUrl }) =>
      proxyUrl === undefined
        ? []
        : [{ name: `proxy to ${target.host}`, run: () => checkProxy(new URL(proxyUrl), target) }],
    ),
  ];
}

async function checkProxy(proxy: URL, target: URL): Promise<string> {
  const port = target.port === '' ? (/^(https|wss):$/.test(target.protocol) ? '443' : '80') : target.port;
  const place = `${target.hostname}:${port}`;
  const status = await connectThrough(proxy, place);
  if (status === 200) return `${proxy.host} lets the agent through`;
  throw new GatewayError('PROXY_REFUSED', {
    proxy: proxy.host,
    target: place,
    reason: reasons[status] ?? `HTTP ${status}`,
  });
}

const reasons: Readonly<Record<number, string>> = {
  403: 'HTTP 403, the target is not allowed',
  404: 'HTTP 404, it is no proxy for this',
  405: 'HTTP 405, it does not know CONNECT',
  407: 'HTTP 407, it wants a user and password, or others',
  502: 'HTTP 502, it cannot reach the target',
  503: 'HTTP 503, it cannot reach the target',
  504: 'HTTP 504, the target does not answer it',
};

function connectThrough(proxy: URL, place: string): Promise<number> {
  const { username, password, protocol, hostname, port } = proxy;
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const headers = { host: place, ...(username !== '' && { 'proxy-authorization': `Basic ${secret}` }) };
  const request = protocol === 'https:' ? httpsRequest : httpRequest;
  const options = { host: hostname, port: port === '' ? undefined : port, method: 'CONNECT', path: place, headers };
  return new Promise((resolve, reject) => {
    const failed = (reason: string, cause?: unknown): void =>
      reject(new GatewayError('PROXY_REFUSED', { proxy: proxy.host, target: place, reason }, cause));
    const sent = request({ ...options, timeout: proxyTimeoutMs });
    sent.on('connect', (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('response', (answer) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', (cause) => failed('it cannot be reached', cause));
    sent.end();
  });
}
