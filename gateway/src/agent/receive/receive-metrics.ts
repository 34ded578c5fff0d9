/** What is counted of what arrives from SAP. */
import type { Metrics } from '../../telemetry/index.ts';

/** By which way it came. */
export type Way = 'http' | 'folder' | 'poll';
export type ArrivalResult = 'new' | 'repeated' | 'conflict' | 'refused';

export interface ReceiveMeasure {
  /** One IDoc or row, with its message type. */
  arrived(way: Way, type: string, result: ArrivalResult): void;
  /** One document, file or page: `taken`, or the code of why it was not. */
  ended(way: Way, outcome: string, seconds: number): void;
  received(way: Way, bytes: number): void;
  /** Whether a way is open: listening, readable, answered by SAP. */
  open(way: Way, isOpen: boolean): void;
}

/** A label must not grow with what strangers send: SAP has some ten types here, with a customer's own some dozens. */
const maxTypes = 50;

/** One set for all ways of a program: a metric's name is asked for once. */
export function createReceiveMetrics(metrics: Metrics): ReceiveMeasure {
  const arrivals = metrics.counter({
    name: 'arrivals_total',
    help: 'IDocs and changes that came from SAP, by way, message type and result',
    labels: ['way', 'type', 'result'],
  });
  const documents = metrics.counter({
    name: 'arrival_documents_total',
    help: 'Documents, files and pages that came from SAP, by way and outcome',
    labels: ['way', 'outcome'],
  });
  const bytes = metrics.counter({ name: 'arrival_bytes_total', help: 'Bytes that came from SAP', labels: ['way'] });
  const seconds = metrics.duration({
    name: 'arrival_seconds',
    help: 'From the beginning of a document, file or page until it was durable or refused',
    labels: ['way'],
  });
  const open = metrics.gauge({
    name: 'arrival_way_open',
    help: '1 while changes can come by this way',
    labels: ['way'],
  });
  const types = new Set<string>();
  const labelOf = (type: string): string => {
    if (types.size < maxTypes && /^[A-Za-z0-9_/ ]{1,30}$/.test(type)) types.add(type);
    return types.has(type) ? type : 'other';
  };
  return {
    arrived: (way, type, result) => arrivals.add({ way, type: labelOf(type), result }),
    ended: (way, outcome, took) => {
      documents.add({ way, outcome });
      seconds.observe(took, { way });
    },
    received: (way, count) => bytes.add({ way }, count),
    open: (way, isOpen) => open.set(isOpen ? 1 : 0, { way }),
  };
}
