/** The simulated SAP ECC. */
export { DataFileError, defaultUser, startSapSimulator } from './start.ts';
export type { Fault, SapSimulator, SapSimulatorOptions, SapTables, SapUser, SimulatorClock } from './start.ts';
