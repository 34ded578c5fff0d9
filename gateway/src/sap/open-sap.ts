/** From settings to a working SAP system: the list of drivers, and what stands between them and the questions. */
import type { OpenedSap, SapConnection, SapInspection } from '../ports/index.ts';
import type { Clock } from '../timing/index.ts';
import { AllowList } from './authorizations/allow-list.ts';
import { keepInCodePage } from './drivers/code-page-guard.ts';
import { connectionLimit } from './drivers/node-rfc/rfc-config.ts';
import { openRfc } from './drivers/node-rfc/rfc-driver.ts';
import { openSoap } from './drivers/soap/soap-driver.ts';
import { functionCatalogue } from './functions/catalogue.ts';
import { defaultGovernorSettings } from './governor/default-settings.ts';
import { govern, withUrgency } from './governor/governed-connection.ts';
import { Governor } from './governor/governor.ts';
import { Findings } from './inspection/findings.ts';
import { guardConnection } from './inspection/guarded-connection.ts';
import { Inspector } from './inspection/inspector.ts';
import type { SapSettings } from './sap-settings.ts';
import { PublishedServices } from './services/published-services.ts';
import { Workbench } from './services/service-workbench.ts';
import type { ServiceWorkbench } from './services/workbench.ts';
import { EccSystem } from './system/ecc-system.ts';

/** Nothing is sent to SAP before the first question. */
export function openSap(settings: SapSettings, clock: Clock): OpenedSap {
  const { features, abapPack: pack } = settings;
  const allowList = new AllowList({ features, pack, published: () => services.functionNames() });
  const findings = new Findings(settings.system);
  const { timeZone } = settings;
  const maxConnections = settings.driver === 'node-rfc' ? connectionLimit(settings) : settings.maxConnections;
  const budget = settings.governor ?? defaultGovernorSettings;
  const purposeOf = (functionName: string): string | undefined =>
    functionCatalogue.get(functionName)?.purpose ??
    (services.functionNames().has(functionName) ? 'a published service' : undefined);
  const governor = new Governor({ settings: budget, timeZone, maxConnections, purposeOf, clock });
  const guarded = guardConnection(openDriver(settings, clock), { allowList, findings });
  const connection = govern(guarded, governor, clock);
  const services = new PublishedServices({ connection, settings, clock });
  const inspector = new Inspector({ connection, clock, allowList, findings });
  const system = new EccSystem(connection, settings, clock);
  return {
    system,
    background: new EccSystem(withUrgency(connection, 'bulk'), settings, clock),
    services,
    load: governor,
    inspection: inspectBoth(inspector, services),
  };
}

/** What our own code expects, then what the published files do. */
function inspectBoth(inspector: Inspector, services: PublishedServices): SapInspection {
  return {
    identify: (deadline) => inspector.identify(deadline),
    inspect: async function* (deadline, options) {
      yield* inspector.inspect(deadline, options);
      yield* services.inspect(deadline, options);
    },
  };
}

/** For the command line, which drafts, checks and tries service files beside the running agent. */
export function openServiceWorkbench(settings: SapSettings, clock: Clock): ServiceWorkbench {
  return new Workbench(openDriver(settings, clock), settings, clock);
}

function openDriver(settings: SapSettings, clock: Clock): SapConnection {
  if (settings.driver === 'soap') return keepInCodePage(openSoap(settings, functionCatalogue, clock));
  return keepInCodePage(openRfc(settings, functionCatalogue, clock));
}
