/** The door of the simulated SAP ECC. */
export { generateTables, generatedCustomerNumber } from './data/generate-tables.ts';
export { DataFileError, defaultUser, startSapSimulator } from './start.ts';
export type {
  AleSystem,
  BackgroundJobs,
  Fault,
  IdocFaultInput,
  IdocOptions,
  RfcAddress,
  SapSimulator,
  SapSimulatorOptions,
  SapTables,
  SapUser,
  SimulatorClock,
} from './start.ts';
