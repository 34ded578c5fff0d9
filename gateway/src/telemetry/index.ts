/** Telemetry: the log and the metrics. */
export { createLog, errorFields, silentLog } from './log.ts';
export type { Log, LogFields, LogLevel, LogSettings } from './log.ts';
export { createMetrics } from './metrics.ts';
export type {
  CounterMetric,
  DurationMetric,
  GaugeMetric,
  Labels,
  MetricDefinition,
  Metrics,
  MetricsOptions,
} from './metrics.ts';
export { keepMetricsFile } from './metrics-file.ts';
