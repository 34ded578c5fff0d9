/** The door of the IDoc part of the simulated SAP. */
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { AleSystem } from './ale-system.ts';
import { BackgroundJobs } from './background-jobs.ts';
import { IdocRoutes } from './control-routes.ts';
import type { EditField } from './control-routes.ts';
import type { IdocOptions } from './settings.ts';

export type { AleCounts } from './ale-counts.ts';
export type { AleSystem } from './ale-system.ts';
export type { BackgroundJobs, JobState, LoadOrder } from './background-jobs.ts';
export type { IdocRoutes } from './control-routes.ts';
export type { Idoc } from './idoc.ts';
export type { IdocFaultInput } from './idoc-faults.ts';
export type { IdocOptions, IdocSettings } from './settings.ts';
export type { StagingOrder } from './staging-file.ts';

/** ALE, its jobs, and its part of the control API. */
export interface OpenIdocs {
  readonly ale: AleSystem;
  readonly jobs: BackgroundJobs;
  readonly routes: IdocRoutes;
}

/** Switches IDocs on; with `state` they survive a restart. */
export function openIdocs(system: SimulatedSystem, options: IdocOptions, edit: EditField, state?: string): OpenIdocs {
  const ale = new AleSystem(system, options, state);
  const jobs = new BackgroundJobs(ale);
  return { ale, jobs, routes: new IdocRoutes(ale, jobs, edit) };
}
