/** How many of the org's daily API calls are used, by everybody, as Salesforce says it with each answer. */
import type { OrgId } from '../model/index.ts';
import type { GaugeMetric, Metrics } from '../telemetry/index.ts';

export interface UsedCalls {
  readonly used: number;
  readonly limit: number;
}

interface Gauges {
  readonly used: GaugeMetric;
  readonly limit: GaugeMetric;
}

/** Several orgs measure under one name, and a name is asked for once. */
const gauges = new WeakMap<Metrics, Gauges>();

function gaugesOf(metrics: Metrics): Gauges {
  const known = gauges.get(metrics);
  if (known !== undefined) return known;
  const made = {
    used: metrics.gauge({
      name: 'salesforce_api_calls_used',
      help: "API calls of the last 24 hours, by everybody in the org, as the org's answers say",
      labels: ['org'],
    }),
    limit: metrics.gauge({
      name: 'salesforce_api_calls_limit',
      help: 'API calls that the org may receive in 24 hours',
      labels: ['org'],
    }),
  };
  gauges.set(metrics, made);
  return made;
}

export class ApiUsage {
  readonly #gauges: Gauges;
  readonly #org: OrgId;
  #last: UsedCalls | undefined;

  constructor(metrics: Metrics, org: OrgId) {
    this.#gauges = gaugesOf(metrics);
    this.#org = org;
  }

  get last(): UsedCalls | undefined {
    return this.#last;
  }

  /** Takes `Sforce-Limit-Info: api-usage=18/15000`; anything else says nothing. */
  note(header: string | undefined): void {
    const [, used, limit] = /(?:^|[;\s])api-usage=(\d{1,12})\/(\d{1,12})/.exec(header ?? '') ?? [];
    if (used === undefined || limit === undefined) return;
    this.#last = { used: Number(used), limit: Number(limit) };
    this.#gauges.used.set(this.#last.used, { org: this.#org });
    this.#gauges.limit.set(this.#last.limit, { org: this.#org });
  }
}
