/** Stand-in for lightning/empApi: platform events over the local org's stream of server-sent events. */

type OnMessage = (message: unknown) => void;
interface Subscription {
  readonly id: string;
  readonly channel: string;
  readonly replayId: number;
}

const sources = new Map<string, EventSource>();
let lastId = 0;

const eventName = (channel: string): string => channel.replace(/^\/event\//, '');

/** Resolves once the org has accepted it; rejects where the user may not read the event. */
export function subscribe(channel: string, replayId: number, onMessage: OnMessage): Promise<Subscription> {
  lastId += 1;
  const id = String(lastId);
  const source = new EventSource(`/api/page/events/${eventName(channel)}?replayId=${replayId}`);
  sources.set(id, source);
  source.addEventListener('message', (event: MessageEvent<string>) => onMessage(JSON.parse(event.data)));
  return new Promise((resolve, reject) => {
    source.addEventListener('open', () => resolve({ id, channel, replayId }), { once: true });
    source.addEventListener('error', () => {
      // A line that breaks is opened again by the browser; a refusal is final.
      if (source.readyState !== EventSource.CLOSED) return;
      sources.delete(id);
      reject(new Error(`The org refused ${channel}`));
    });
  });
}

export async function unsubscribe({ id }: Subscription, onAnswer?: OnMessage): Promise<void> {
  sources.get(id)?.close();
  sources.delete(id);
  onAnswer?.({ id, successful: true });
}

export const isEmpEnabled = (): Promise<boolean> => Promise.resolve(true);
export function onError(): void {}
export function setDebugFlag(): void {}
