/** Calls to the org, with failures in the shape the platform gives them to components. */

/** What a component finds in `error`: the body of an Apex or UI API failure. */
export interface FetchFailure {
  readonly ok: false;
  readonly status: number;
  readonly statusText: string;
  readonly body: unknown;
}

/** Sends JSON and returns the answer's JSON, `null` for an empty one; rejects with a `FetchFailure`. */
export async function callOrg(
  path: string,
  init: { method: string; body?: unknown } = { method: 'GET' },
): Promise<unknown> {
  const response = await fetch(path, {
    method: init.method,
    ...(init.body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(init.body) }),
  }).catch((cause: unknown) => Promise.reject(offline(cause)));
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (response.ok) return body;
  const failure: FetchFailure = { ok: false, status: response.status, statusText: response.statusText, body };
  return Promise.reject(failure);
}

/** The browser could not reach the org at all. */
function offline(cause: unknown): FetchFailure {
  const message = cause instanceof Error ? cause.message : 'The org cannot be reached';
  return { ok: false, status: 0, statusText: 'Disconnected', body: { message } };
}
