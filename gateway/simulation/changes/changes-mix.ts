/** What a schedule of changes is made of: drawn from a chance of its own, so that the other schedules stay the histories that they were. */
import { Random } from '../schedule/random.ts';

/** Which flow a schedule looks at: writes into SAP and services, or changes of SAP that arrive in Salesforce. */
export type Flow = 'writes' | 'changes';

/** Half of the schedules each. */
export const flowOf = (seed: number): Flow => (new Random(seed ^ 0x0f10b).chance(0.5) ? 'changes' : 'writes');

export interface ChangesMix {
  /** Names of the agents that bring changes into the org. */
  readonly agents: readonly string[];
  /** Each document is sent to every agent, or to whichever answers. */
  readonly routing: 'all' | 'any';
  readonly customers: number;
  readonly products: number;
  readonly orders: number;
  /** How often somebody in SAP changes something. */
  readonly edits: number;
  /** How likely a document says only part of what its record has. */
  readonly reduced: number;
  /** Some customers are made by people in Salesforce. */
  readonly creates: number;
  /** What people in the org do besides. */
  readonly deeds: number;
  /** A row that the org always refuses; a row that makes whole calls fail. */
  readonly hasPoison: boolean;
  readonly hasCallPoison: boolean;
  readonly dailyApiCalls: number;
  /** How long after the begin midnight comes. */
  readonly midnightInMs: number;
  readonly maxRecords: number;
  readonly bulkAbove: number;
  readonly canarySeconds: number;
  /** Items are shown live only. */
  readonly hasLiveItems: boolean;
  /** Admins leave names of customers to Salesforce. */
  readonly ownsNames: boolean;
  readonly polls: boolean;
}

/**
 * Two agents that have not the same documents merge reduced ones differently, under one order: what one of them had left out, the
 * other may put back. Only of such schedules nothing is said about single paths.
 */
export const mayMixPaths = ({ agents, reduced }: ChangesMix): boolean => agents.length > 1 && reduced > 0;

/** Draws one. */
export function drawChangesMix(random: Random): ChangesMix {
  const isTwo = random.chance(0.3);
  const hasBudget = random.chance(0.25);
  return {
    agents: isTwo ? ['agent', 'spare'] : ['agent'],
    routing: random.chance(0.6) ? 'all' : 'any',
    customers: random.between(1, 4),
    products: random.between(0, 2),
    orders: random.between(0, 4),
    edits: random.between(2, 24),
    reduced: isTwo && random.chance(0.6) ? 0 : random.fraction(),
    creates: random.chance(0.4) ? random.between(1, 2) : 0,
    deeds: random.chance(0.5) ? random.between(1, 6) : 0,
    hasPoison: random.chance(0.3),
    hasCallPoison: random.chance(0.15),
    dailyApiCalls: hasBudget ? random.between(6, 40) : 100_000,
    midnightInMs: hasBudget ? random.spread(20_000, 600_000) : 12 * 3_600_000,
    maxRecords: random.pick([5, 10, 25, 1_000]),
    bulkAbove: random.chance(0.2) ? random.between(3, 12) : 2_000,
    canarySeconds: random.pick([60, 300]),
    hasLiveItems: random.chance(0.15),
    ownsNames: random.chance(0.3),
    polls: random.chance(0.6),
  };
}
