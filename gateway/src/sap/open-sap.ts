/** From settings to a working SAP system: the list of drivers, and what stands between them and the questions. */
import type { OpenedSap, SapConnection, SapInspection } from '../ports/index.ts';
import type { Clock } from '../timing/index.ts';
import { AllowList } from './authorizations/allow-list.ts';
import { openChanges } from './changes/open-changes.ts';
import { keepInCodePage } from './drivers/code-page-guard.ts';
import { connectionLimit } from './drivers/node-rfc/rfc-config.ts';
import { openRfc } from './drivers/node-rfc/rfc-driver.ts';
import { openSoap } from './drivers/soap/soap-driver.ts';
import { functionCatalogue } from './functions/catalogue.ts';
import { CallCounter } from './governor/counted-connection.ts';
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
  const opened = openGoverned(settings, clock, () => services.functionNames());
  const { connection, governor, allowList, findings } = opened;
  const services = new PublishedServices({ connection, settings, clock });
  const inspector = new Inspector({ connection, clock, allowList, findings });
  const bulk = withUrgency(connection, 'bulk');
  const background = new EccSystem(bulk, settings, clock);
  return {
    system: new EccSystem(connection, settings, clock),
    background,
    services,
    changes: openChanges({ settings, clock, connection: bulk }),
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

/**
 * For the command line, which drafts, checks and tries service files beside the running agent: within a budget of its own, and
 * with nothing allowed but the function of the file that is tried. `pausedFor`: nothing may be called, for this reason.
 */
export function openServiceWorkbench(settings: SapSettings, clock: Clock, pausedFor?: string): ServiceWorkbench {
  const admitted = new Set<string>();
  const { connection, governor } = openGoverned(settings, clock, () => admitted);
  if (pausedFor !== undefined) governor.pause(pausedFor);
  return new Workbench(connection, settings, clock, (functionName) => void admitted.add(functionName));
}

interface Governed {
  readonly connection: SapConnection;
  readonly governor: Governor;
  readonly allowList: AllowList;
  readonly findings: Findings;
}

/** What everybody's calls go through: a place in SAP, the allow list and what was found out, the count, the driver. */
function openGoverned(settings: SapSettings, clock: Clock, published: () => ReadonlySet<string>): Governed {
  const { features, abapPack: pack, timeZone } = settings;
  const allowList = new AllowList({ features, pack, published });
  const findings = new Findings(settings.system);
  const maxConnections = settings.driver === 'node-rfc' ? connectionLimit(settings) : settings.maxConnections;
  const budget = settings.governor ?? defaultGovernorSettings;
  const governor = new Governor({ settings: budget, timeZone, maxConnections, purposeOf, clock });
  const counter = new CallCounter({ usage: governor.usage, clock, further: () => governor.noteFurtherCall() });
  const guarded = guardConnection(openDriver(settings, clock, counter), { allowList, findings });
  return { connection: govern(guarded, governor, clock), governor, allowList, findings };
}

/** What a name on the day's page stands for; a service's has its function behind it. */
function purposeOf(name: string): string | undefined {
  return functionCatalogue.get(name)?.purpose ?? (name.endsWith(')') ? 'a published service' : undefined);
}

function openDriver(settings: SapSettings, clock: Clock, counter: CallCounter): SapConnection {
  const { ownCall } = counter;
  const driver =
    settings.driver === 'soap'
      ? openSoap(settings, functionCatalogue, clock, ownCall)
      : openRfc(settings, functionCatalogue, clock, ownCall);
  return keepInCodePage(counter.count(driver));
}
