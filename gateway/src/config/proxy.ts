/** Which proxy stands between the agent and where it dials, as the environment's usual variables say. */
import type { Environment } from './gather.ts';

/** HTTPS_PROXY, unless NO_PROXY or the machine itself covers every target. */
export function proxyFromEnvironment(environment: Environment, targets: readonly string[]): string | undefined {
  const proxy = environment['HTTPS_PROXY'] ?? environment['https_proxy'] ?? '';
  if (proxy === '') return undefined;
  const without = (environment['NO_PROXY'] ?? environment['no_proxy'] ?? '')
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  return targets.every((target) => isDirect(new URL(target), without)) ? undefined : proxy;
}

function isDirect(target: URL, without: readonly string[]): boolean {
  const host = target.hostname.toLowerCase();
  if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)) return true;
  return without.some((entry) => {
    const [name = '', port] = entry.toLowerCase().split(':');
    if (port !== undefined && port !== (target.port === '' ? '443' : target.port)) return false;
    const domain = name.replace(/^\*?\.?/, '');
    return name === '*' || host === domain || host.endsWith(`.${domain}`);
  });
}
