/** From settings to one org: mailbox, bell, queue desk and record sink behind one session. Nothing is sent before the first question. */
import type { OrgBell, OrgMailbox, OrgProbe, RecordSink } from '../ports/index.ts';
import { ApiUsage } from './api-usage.ts';
import { canReachThrough } from './bell/channel.ts';
import { PubSubBell } from './bell/pub-sub-bell.ts';
import { openExchange } from './exchange.ts';
import { logOn } from './logon.ts';
import { ApexMailbox } from './mailbox.ts';
import { openProbe } from './org-probe.ts';
import { PackageNamespace } from './package-namespace.ts';
import { ApexQueueDesk } from './queue-desk.ts';
import type { QueueDesk } from './queue-desk.ts';
import { OrgRecordSink } from './records/org-record-sink.ts';
import { RestClient } from './rest-client.ts';
import { RestTransfer } from './rest-transfer.ts';
import { Sessions } from './sessions.ts';
import type { OrgParts, OrgSettings } from './settings.ts';

/** One org that the agent looks into. */
export interface OpenOrg {
  readonly mailbox: OrgMailbox;
  /** Undefined where the configuration wants none. */
  readonly bell: OrgBell | undefined;
  readonly desk: QueueDesk;
  readonly probe: OrgProbe;
  /** Where changes of SAP go. */
  readonly sink: RecordSink;
  /** Forgets session, refused logon and namespace, after the configuration or the org has been corrected. */
  logOnAnew(): void;
  /** Ends what is under way; the bell falls silent. */
  close(): Promise<void>;
}

export function openOrg(settings: OrgSettings, { clock, log, metrics }: OrgParts): OpenOrg {
  const { org, pubSub, proxyUrl } = settings;
  const way = openExchange(proxyUrl, clock);
  const sessions = new Sessions((deadline) => logOn(settings, way.exchange, clock, deadline), clock);
  const usage = new ApiUsage(metrics, org);
  const client = new RestClient({ sessions, exchange: way.exchange, usage });
  const namespace = new PackageNamespace(client, settings.namespace);
  const closing = new AbortController();
  const close = async (): Promise<void> => {
    closing.abort();
    await way.close();
  };
  const hasBell = settings.bell && canReachThrough(proxyUrl);
  if (settings.bell && !hasBell)
    log.warn(
      { org },
      'The Pub/Sub API cannot be reached through an https:// proxy, so the org does not ring; polling goes on.',
    );
  const bellParts = { clock, log, sessions, namespace, closed: closing.signal };
  const bellSettings = { url: pubSub, org, proxyUrl };
  const transfer = new RestTransfer({ sessions, stream: way.stream, usage });
  const sink = new OrgRecordSink(org, { client, transfer, namespace, usage, clock, log, metrics });
  const desk = new ApexQueueDesk(client, namespace);
  return {
    mailbox: new ApexMailbox(settings, { client, namespace, log, close }),
    bell: hasBell ? new PubSubBell(bellSettings, bellParts) : undefined,
    desk,
    sink,
    probe: openProbe({
      org,
      bell: hasBell ? bellSettings : undefined,
      clock,
      sessions,
      usage,
      namespace,
      desk,
      client,
    }),
    logOnAnew: () => {
      sessions.startAnew();
      namespace.forget();
      sink.forget();
    },
    close,
  };
}
