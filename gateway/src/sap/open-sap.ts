/** From settings to a working SAP system: the list of drivers. */
import type { SapConnection, SapSystem } from '../ports/index.ts';
import type { Clock } from '../timing/index.ts';
import { openSoap } from './drivers/soap/soap-driver.ts';
import { functionCatalogue } from './functions/catalogue.ts';
import type { SapSettings } from './sap-settings.ts';
import { EccSystem } from './system/ecc-system.ts';

const drivers: Readonly<Record<SapSettings['driver'], (settings: SapSettings, clock: Clock) => SapConnection>> = {
  soap: (settings, clock) => openSoap(settings, functionCatalogue, clock),
};

/** Nothing is sent to SAP before the first question. */
export function openSap(settings: SapSettings, clock: Clock): SapSystem {
  return new EccSystem(drivers[settings.driver](settings, clock), settings, clock);
}
