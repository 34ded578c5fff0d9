/** Starts a relay. */
import type { RelayHandle, RelayParts, RelaySettings } from './settings.ts';

/** Listens for Salesforce and for agents; resolves when both can connect. */
export function startRelay(_settings: RelaySettings, _parts: RelayParts): Promise<RelayHandle> {
  return Promise.reject(new Error('being built'));
}
