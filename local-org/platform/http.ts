/** Calls to the org, with failures in the shape the platform gives them to components. */

/** What a component finds in `error`: the body of an Apex or UI API failure. */
export interface FetchFailure {
  readonly ok: false;
  readonly status: number;
  readonly statusText: string;
  readonly body: unknown;
}

const json = { 'content-type': 'application/json' };

/** Sends JSON and returns the answer's JSON, `null` for an empty one; rejects with a `FetchFailure`. */
export async function callOrg(
  path: string,
  init: { method: string; body?: unknown } = { method: 'GET' },
): Promise<unknown> {
  const sent = init.body === undefined ? {} : { headers: json, body: JSON.stringify(init.body) };
  const response = await fetch(path, { method: init.method, ...sent });
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (response.ok) return body;
  const failure: FetchFailure = { ok: false, status: response.status, statusText: response.statusText, body };
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the platform rejects with a plain object
  return Promise.reject(failure);
}
