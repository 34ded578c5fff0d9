/** The configuration in force, setting by setting, as people may see it. */
import { describeConfig } from './describe-config.ts';
import type { LoadedConfig } from './load-config.ts';

export interface ShownSetting {
  readonly setting: string;
  readonly value: string;
  /** The file, the variable, the flag, or `default`. */
  readonly source: string;
}

/** Every value with its source. Secrets are not in it: settings hold their paths; a proxy's user is taken out. */
export function showConfig({ config, sources }: LoadedConfig<object>): readonly ShownSetting[] {
  const proxies = new Set(
    describeConfig()
      .filter(({ type }) => type === 'proxy')
      .map(({ path }) => path),
  );
  return [...leaves(config, '')].map(([setting, value]) => ({
    setting,
    value: proxies.has(setting.replace(/\[\d+\]/g, '[]')) ? withoutUser(value) : value,
    // A list given as one text has the source of the whole.
    source: sources.get(setting) ?? sources.get(setting.replace(/\[\d+\]$/, '')) ?? 'default',
  }));
}

function* leaves(value: unknown, path: string): Generator<readonly [string, string]> {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null) {
    yield [path, typeof value === 'string' ? value : JSON.stringify(value)];
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    yield* leaves(part, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
  }
}

function withoutUser(text: string): string {
  const url = URL.parse(text);
  if (url === null) return '[removed]';
  return `${url.protocol}//${url.username === '' ? '' : '[removed]@'}${url.host}`;
}
