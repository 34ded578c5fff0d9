/** Configuration: one schema, one order of sources, all problems at once. */
export { changesFileOf } from './changes-file.ts';
export { describeConfig } from './describe-config.ts';
export type { SettingDescription } from './describe-config.ts';
export type { Environment } from './gather.ts';
export { secretFiles } from './cross-checks.ts';
export { loadAgentConfig, loadRelayConfig, loadRoleSettings, programsIn } from './load-config.ts';
export type { LoadedConfig, LoadOptions, RoleSettings } from './load-config.ts';
export type { ConfigProblem } from './problems.ts';
export type { AgentConfig, Program, RelayConfig } from './schema.ts';
export { rfcRuntime } from './rfc-runtime.ts';
export { readText, secretFrom } from './secrets.ts';
export { showConfig } from './show-config.ts';
export type { ShownSetting } from './show-config.ts';
