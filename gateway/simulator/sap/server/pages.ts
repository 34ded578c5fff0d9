/** The HTML pages the ICM answers with when no function was reached. */
import type { ServerResponse } from 'node:http';

export interface ErrorPage {
  readonly status: number;
  readonly reason: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The pages, by what went wrong. */
export const pages = {
  logonFailed: (realm: string): ErrorPage => ({
    status: 401,
    reason: 'Unauthorized',
    text: 'Logon failed',
    headers: { 'www-authenticate': `Basic realm="${realm}"` },
  }),
  forbidden: { status: 403, reason: 'Forbidden', text: 'No authorization to call the service' },
  notFound: { status: 404, reason: 'Not found', text: 'Service cannot be reached' },
  wrongMethod: {
    status: 405,
    reason: 'Method not allowed',
    text: 'The service answers POST only',
    headers: { allow: 'POST' },
  },
  wrongType: { status: 415, reason: 'Unsupported media type', text: 'The service reads text/xml in UTF-8' },
  tooLarge: {
    status: 413,
    reason: 'Request entity too large',
    text: 'icm/HTTP/max_request_size_KB exceeded',
    headers: { connection: 'close' },
  },
  noWorkProcess: {
    status: 503,
    reason: 'Service unavailable',
    text: 'No free dialog work process; the queue is full',
    headers: { 'retry-after': '5' },
  },
} as const satisfies Record<string, ErrorPage | ((realm: string) => ErrorPage)>;

/** Sends a page. */
export function sendPage(response: ServerResponse, page: ErrorPage): void {
  const html =
    `<!DOCTYPE html><html><head><title>${page.reason}</title></head><body><h1>${page.status} ${page.reason}</h1>` +
    `<p>${page.text}</p></body></html>`;
  response.writeHead(page.status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    ...page.headers,
  });
  response.end(html);
}
