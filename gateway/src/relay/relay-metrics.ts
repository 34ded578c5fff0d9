/** What a relay counts: calls by operation and ending, their duration, connected agents. No org, no user, no customer. */
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { operations } from '../model/index.ts';

/** Panels feel instant below 0.5 s; SAP's slow answers are told apart up to the deadline. */
const durationBuckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60];
const noOperation = 'none';

export interface RelayMetrics {
  /** `operation` is undefined for addresses that are none; `ending` is `ok` or a code. */
  countCall(operation: string | undefined, ending: string, durationSeconds: number): void;
}

/** What is counted elsewhere, and asked when the metrics are read. */
export interface RelayGauges {
  readonly connectedAgents: () => number;
  readonly runningCalls: () => number;
}

/** Registers the metrics. */
export function createRelayMetrics(registry: Registry, gauges: RelayGauges): RelayMetrics {
  const registers = [registry];
  const calls = new Counter({
    name: 'gangway_relay_calls_total',
    help: 'Calls by operation and ending (ok or error code)',
    labelNames: ['operation', 'ending'],
    registers,
  });
  const duration = new Histogram({
    name: 'gangway_relay_call_duration_seconds',
    help: 'Time from the request to the end of the answer',
    labelNames: ['operation'],
    buckets: durationBuckets,
    registers,
  });
  addGauge(registry, 'gangway_relay_connected_agents', 'Agents connected to this relay', gauges.connectedAgents);
  addGauge(registry, 'gangway_relay_calls_running', 'Calls under way', gauges.runningCalls);
  // Bound once: looking labels up costs more than counting.
  const durations = new Map(
    [...Object.keys(operations), noOperation].map((operation) => [operation, duration.labels(operation)]),
  );
  const counters = new Map<string, Counter.Internal>();
  return {
    countCall: (operation = noOperation, ending, durationSeconds) => {
      const name = `${operation} ${ending}`;
      const counter = counters.get(name) ?? calls.labels(operation, ending);
      // Operations and codes are closed lists, so this cannot grow.
      counters.set(name, counter);
      counter.inc();
      durations.get(operation)?.observe(durationSeconds);
    },
  };
}

function addGauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
