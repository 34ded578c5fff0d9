/** The agent: stands beside SAP, dials out, executes verified calls. */
export type { Call, Executor, Reply } from './call.ts';
export type {
  AgentHandle,
  AgentParts,
  AgentSettings,
  RelayConnectionState,
  RelayConnectionStatus,
} from './settings.ts';
export { Lease, Leases } from './lease.ts';
export type { Holding } from './lease.ts';
export { startAgent } from './start-agent.ts';
export { checkReport, toCheckReport } from './check-report.ts';
export type { CheckReport } from './check-report.ts';
export type { CheckResult } from './check-result.ts';
export { checkAgent } from './compose-check.ts';
export { pauseFileOf, readPause } from './pause-file.ts';
export type { Pause } from './pause-file.ts';
export { listDays, readDay, renderDay, usageFolderOf } from './usage/index.ts';
export type { UsageDay } from './usage/index.ts';
export { openSides, orgsWithRecords } from './compose-sides.ts';
export type { Sides } from './compose-sides.ts';
export { openServiceDesk } from './compose-services.ts';
export type { ServiceProblem, ServiceWorkbench } from './compose-services.ts';
export { composeAgent, readOrgs } from './compose.ts';
export type { ComposedAgent } from './compose.ts';
