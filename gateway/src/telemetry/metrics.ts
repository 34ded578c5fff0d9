/** Counters, gauges and histograms of one program, in the format Prometheus reads. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Labels = Readonly<Record<string, string>>;

export interface CounterMetric {
  add(labels?: Labels, count?: number): void;
}
export interface GaugeMetric {
  set(value: number, labels?: Labels): void;
}
export interface DurationMetric {
  observe(seconds: number, labels?: Labels): void;
}

export interface MetricDefinition {
  /** Snake case with unit, without the `gangway_` in front, e.g. `calls_total`. */
  readonly name: string;
  readonly help: string;
  /** Names of closed sets (operation, outcome), never of open ones (customer, org user). */
  readonly labels?: readonly string[];
}

/** What rooms measure with. A name is asked for once. */
export interface Metrics {
  /** Everything measured, to be rendered behind `/metrics`. */
  readonly registry: Registry;
  counter(definition: MetricDefinition): CounterMetric;
  gauge(definition: MetricDefinition): GaugeMetric;
  duration(definition: MetricDefinition): DurationMetric;
}

/** From a quick in-memory answer to SAP's slowest create; a panel's target is the middle. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface MetricsOptions {
  /** Also CPU, memory and event loop of the process; off in tests, which have many in one process. */
  readonly withProcess: boolean;
}

/** One registry per program; nothing global, so two programs can live in one process. */
export function createMetrics(program: string, options: MetricsOptions = { withProcess: false }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ program });
  if (options.withProcess) collectDefaultMetrics({ register: registry });
  const parts = (definition: MetricDefinition) => ({
    name: `gangway_${definition.name}`,
    help: definition.help,
    labelNames: [...(definition.labels ?? [])],
    registers: [registry],
  });
  return {
    registry,
    counter: (definition) => {
      const counter = new Counter(parts(definition));
      return { add: (labels = {}, count = 1) => counter.inc({ ...labels }, count) };
    },
    gauge: (definition) => {
      const gauge = new Gauge(parts(definition));
      return { set: (value, labels = {}) => gauge.set({ ...labels }, value) };
    },
    duration: (definition) => {
      const histogram = new Histogram({ ...parts(definition), buckets: durationBuckets });
      return { observe: (seconds, labels = {}) => histogram.observe({ ...labels }, seconds) };
    },
  };
}
