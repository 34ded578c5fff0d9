/** What comes out of one SAP system: IDocs, the pack's "changes since", staging files. */
import type { ByteStream, SapChanges, SapConnection } from '../../ports/index.ts';
import type { Clock } from '../../timing/index.ts';
import { readFlatIdocs, readXmlIdocs } from '../idoc/index.ts';
import type { IdocExpectations } from '../idoc/index.ts';
import type { SapSettings } from '../sap-settings.ts';
import { openStaging } from '../staging/read-staging.ts';
import { changesOfObject } from '../staging/staged-changes.ts';
import { AbapPack } from '../system/abap-pack.ts';
import type { SapContext } from '../system/context.ts';
import { Customizing } from '../system/customizing.ts';
import { Dictionaries } from '../system/dictionaries.ts';
import { ChangesSince } from './changes-since.ts';
import { arrivalsOf } from './idoc-arrivals.ts';
import type { ArrivalParts } from './idoc-arrivals.ts';
import { SapValues } from './sap-values.ts';
import { WallClock } from './wall-clock.ts';

export interface ChangesParts {
  readonly settings: SapSettings;
  readonly clock: Clock;
  /** For what nobody waits for. */
  readonly connection: SapConnection;
}

/** Nothing is read before it is asked for. */
export function openChanges({ settings, clock, connection }: ChangesParts): SapChanges {
  const context: SapContext = {
    settings,
    connection,
    clock,
    pack: new AbapPack(connection, clock, settings.abapPack),
    customizing: new Customizing(connection, settings.language, clock),
    dictionaries: new Dictionaries(connection),
  };
  const values = new SapValues(settings, clock, context.customizing);
  const parts: ArrivalParts = {
    system: settings.system,
    clock,
    wallClock: new WallClock(settings.timeZone),
    rules: () => values.rules(),
  };
  const since = new ChangesSince({ context, wallClock: parts.wallClock, rules: parts.rules });
  const expected = expectationsOf(settings);
  const encoding = settings.idocs?.encoding;
  return {
    readXmlIdocs: (chunks, contentType) => {
      const charset = charsetOf(contentType);
      return arrivalsOf(readXmlIdocs(chunks, { expected, ...(charset === undefined ? {} : { charset }) }), parts);
    },
    readFlatIdocs: (chunks: ByteStream) =>
      arrivalsOf(readFlatIdocs(chunks, { expected, ...(encoding === undefined ? {} : { encoding }) }), parts),
    changesSince: (position, deadline) => since.read(position, deadline),
    readStaging: openStaging({
      system: settings.system,
      client: settings.sapClient,
      translator: async () => {
        const rules = await values.rules();
        return (object, kind, order) => changesOfObject(object, kind, order, rules);
      },
    }),
  };
}

function expectationsOf({ sapClient, system, idocs }: SapSettings): IdocExpectations {
  const receiver = idocs?.receiver;
  return {
    client: sapClient,
    senders: new Set(idocs?.senders ?? [system]),
    ...(receiver === undefined ? {} : { receivers: new Set([receiver]) }),
  };
}

/** `text/xml; charset="utf-8"`. */
function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1];
}
