/** Which proxy stands between the agent and its relays, as the environment's usual variables say. */
import type { Environment } from './gather.ts';

/** HTTPS_PROXY, unless NO_PROXY or the machine itself covers every relay. */
export function proxyFromEnvironment(environment: Environment, relays: readonly string[]): string | undefined {
  const proxy = environment['HTTPS_PROXY'] ?? environment['https_proxy'] ?? '';
  if (proxy === '') return undefined;
  const without = (environment['NO_PROXY'] ?? environment['no_proxy'] ?? '')
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  return relays.every((relay) => isDirect(new URL(relay), without)) ? undefined : proxy;
}

function isDirect(relay: URL, without: readonly string[]): boolean {
  const host = relay.hostname.toLowerCase();
  if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)) return true;
  return without.some((entry) => {
    const [name = '', port] = entry.toLowerCase().split(':');
    if (port !== undefined && port !== (relay.port === '' ? '443' : relay.port)) return false;
    const domain = name.replace(/^\*?\.?/, '');
    return name === '*' || host === domain || host.endsWith(`.${domain}`);
  });
}
