/** The yardstick: one plain Node reverse proxy in front of the bench's SAP. */
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { portOf } from './child.ts';

/** Starts a proxy in front of `target`. */
export async function startReverseProxy(target: string): Promise<{ readonly url: string }> {
  const pool = new Pool(target, { connections: 32, pipelining: 1 });
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    const { authorization = '', soapaction = '' } = incoming.headers;
    const headers = {
      authorization,
      soapaction: String(soapaction),
      'content-type': incoming.headers['content-type'] ?? '',
      'content-length': incoming.headers['content-length'] ?? '0',
    };
    pool
      .stream({ path: incoming.url ?? '/', method: 'POST', headers, body: incoming }, (answer) =>
        outgoing.writeHead(answer.statusCode, {
          'content-type': String(answer.headers['content-type']),
          'content-length': String(answer.headers['content-length']),
        }),
      )
      .catch(() => outgoing.destroy());
  });
  return { url: `http://127.0.0.1:${await portOf(server)}` };
}
