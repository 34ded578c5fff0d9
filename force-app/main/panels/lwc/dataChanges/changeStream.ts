/**
 * The org's events about changed customers, once for all components on the page: subscribed while one of them listens, and not a
 * moment longer. Every event that reaches a page counts against the org's daily allowance.
 */
import SYSTEM_FIELD from '@salesforce/schema/Account.SAP_System__c';
import { now } from 'c/pageTimer';

/** What one event says. */
export interface ChangeNews {
    readonly system: string;
    readonly numbers: readonly string[];
}
type Listener = (news: ChangeNews) => void;
type EmpApi = typeof import('lightning/empApi');
interface Opened {
    readonly empApi: EmpApi;
    readonly subscription: object;
}

/** An org that refuses, because its clients or its day's events are used up, is not asked again sooner. */
const refusedForMs = 60_000;
/** Only events from now on: what was before is in what the component has just read. */
const fromNowOn = -1;

/** Fields of an installed package carry its namespace, and so do the event and what is in it. */
const prefix = SYSTEM_FIELD.fieldApiName.replace(/SAP_System__c$/, '');
const channel = `/event/${prefix}SAP_Data_Changed__e`;

const listeners = new Set<Listener>();
let opened: Opened | undefined;
let refusedUntil = 0;
let turn: Promise<void> = Promise.resolve();
/** How often a subscription has begun: who slept meanwhile knows that something may have been missed. */
let beginnings = 0;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function newsOf(message: unknown): ChangeNews | undefined {
    const data = isRecord(message) ? message.data : undefined;
    const payload = isRecord(data) ? data.payload : undefined;
    if (!isRecord(payload)) return undefined;
    const [system, customers] = [payload[`${prefix}System__c`], payload[`${prefix}Customers__c`]];
    if (typeof system !== 'string' || typeof customers !== 'string') return undefined;
    return { system, numbers: customers.split(/\s+/).filter((number) => number !== '') };
}

function tell(message: unknown): void {
    const news = newsOf(message);
    if (news !== undefined) [...listeners].forEach((listener) => listener(news));
}

async function open(): Promise<Opened | undefined> {
    if (now() < refusedUntil) return undefined;
    try {
        // Not on every page and device: what cannot be loaded must not take the panel with it.
        const empApi = await import('lightning/empApi');
        const subscription = await empApi.subscribe(channel, fromNowOn, tell);
        beginnings += 1;
        return { empApi, subscription };
    } catch {
        refusedUntil = now() + refusedForMs;
        return undefined;
    }
}

async function close({ empApi, subscription }: Opened): Promise<void> {
    // Where the connection has gone, the subscription has gone with it.
    await empApi.unsubscribe(subscription, () => undefined).catch(() => undefined);
}

/** One step after the other, each towards what is wanted by then. */
async function settle(): Promise<void> {
    if (listeners.size > 0 && opened === undefined) opened = await open();
    // Nobody may listen any more by the time it was opened.
    if (listeners.size > 0 || opened === undefined) return;
    const closing = opened;
    opened = undefined;
    await close(closing);
}

function change(): void {
    turn = turn.then(settle);
}

/** Calls `listener` with each event until the function it returns is called. Without events on this page: never. */
export function listen(listener: Listener): () => void {
    listeners.add(listener);
    change();
    return () => {
        listeners.delete(listener);
        change();
    };
}

/** Which subscription this is; 0 while there is none. */
export const currentSubscription = (): number => (opened === undefined ? 0 : beginnings);
