/** How the Pub/Sub API is reached: address, encryption, pings, the proxy in between. */
import type { ChannelOptions } from '@grpc/grpc-js';

/** gRPC servers take one ping in five minutes for granted; who pings more often is sent away. */
const keepaliveMs = 300_000;
const keepaliveTimeoutMs = 20_000;
/** Events are a few hundred bytes, and 100 are outstanding at most. */
const maxMessageBytes = 1_048_576;

export interface ChannelSettings {
  /** Where gRPC dials: the API, or the proxy in front of it. */
  readonly target: string;
  readonly isEncrypted: boolean;
  readonly options: ChannelOptions;
}

/** A proxy that is itself reached over TLS is more than gRPC can do. */
export const canReachThrough = (proxyUrl: string | undefined): boolean =>
  proxyUrl === undefined || proxyUrl.startsWith('http:');

/** The channel to `url`, which is `https:` or, on this machine only, `http:`. */
export function channelTo(url: string, proxyUrl: string | undefined): ChannelSettings {
  const api = new URL(url);
  const isEncrypted = api.protocol === 'https:';
  if (proxyUrl === undefined) return { target: targetOf(api), isEncrypted, options: always };
  const proxy = new URL(proxyUrl);
  return { target: targetOf(proxy), isEncrypted, options: { ...always, ...tunnel(api, proxy) } };
}

const always: ChannelOptions = {
  'grpc.keepalive_time_ms': keepaliveMs,
  'grpc.keepalive_timeout_ms': keepaliveTimeoutMs,
  'grpc.max_receive_message_length': maxMessageBytes,
  // Which proxy counts is the configuration's business, not the environment's.
  'grpc.enable_http_proxy': 0,
  // Else DNS is asked for settings that Salesforce does not publish there.
  'grpc.service_config_disable_resolution': 1,
  // Repeating is the bell's own business, with its own waits.
  'grpc.enable_retries': 0,
  // A channel of one's own: two orgs may go through two proxies.
  'grpc.use_local_subchannel_pool': 1,
};

/** What grpc-js gives itself when it finds a proxy in the environment; there is no other way to name one. */
function tunnel(api: URL, proxy: URL): ChannelOptions {
  const user = [proxy.username, proxy.password].map(decodeURIComponent).join(':');
  return {
    'grpc.http_connect_target': targetOf(api),
    'grpc.default_authority': `${api.hostname}:${portOf(api)}`,
    ...(proxy.username === '' ? {} : { 'grpc.http_connect_creds': user }),
  };
}

const targetOf = (url: URL): string => `dns:${url.hostname}:${portOf(url)}`;

const portOf = ({ port, protocol }: URL): string => {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
};
