/** Functions that look at the system or at tables of the pack's own, and what they check. */
import { objectCheck } from './objects.ts';
import type { ObjectCheck, ObjectChecks } from './objects.ts';

/** Display of exactly these tables. */
export const tableDisplay = (tables: readonly string[]): ObjectCheck =>
  objectCheck('S_TABU_NAM', '03', { TABLE: tables }, 'general');

export const basisObjects: ObjectChecks = {
  RFC_PING: [],
  RFC_SYSTEM_INFO: [],
  RFC_GET_FUNCTION_INTERFACE: [],
  DDIF_FIELDINFO_GET: [],
  // Its object names tables, so it depends on the features: see the role.
  RFC_READ_TABLE: [],
  BAPI_TRANSACTION_COMMIT: [],
  BAPI_TRANSACTION_ROLLBACK: [],
  Z_GANGWAY_VERSION: [],
  Z_GANGWAY_KEY_READ: [],
};
