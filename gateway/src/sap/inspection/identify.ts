/** Which system answers: what the ABAP pack and SAP's own system information say of it. */
import { toGatewayError } from '../../errors/index.ts';
import type { AbapParameters, SapIdentity, SapSession } from '../../ports/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { structureOf, text } from '../answers.ts';
import { characterSetOf } from '../drivers/character-sets.ts';
import { packVersion } from '../functions/abap-pack.ts';
import { systemInfo } from '../functions/system.ts';

export interface Identifying {
  readonly connection: SapSession;
  readonly clock: Clock;
  readonly deadline: Deadline;
  /** False where the ABAP pack is not used. */
  readonly asksPack: boolean;
}

/** What SAP does not say is absent; throws only what stands in the way of every call. */
export async function identify({ connection, clock, deadline, asksPack }: Identifying): Promise<SapIdentity> {
  const startedMs = clock.now();
  const pack = asksPack ? await ask(connection, packVersion.name, deadline) : {};
  // SAP looked at its clock between question and answer, about halfway.
  const halfwayMs = (startedMs + clock.now()) / 2;
  const info = structureOf(await ask(connection, systemInfo.name, deadline), 'RFCSI_EXPORT');
  const sapTimeMs = utcOf(text(pack, 'E_UTC_STAMP'));
  return {
    logicalSystem: said(text(pack, 'E_LOGSYS')),
    systemId: said(text(pack, 'E_SYSTEM')) ?? said(text(info, 'RFCSYSID')),
    release: said(text(info, 'RFCSAPRL')),
    codePage: said(text(info, 'RFCCHARTYP')),
    characterSet: characterSetOf(text(info, 'RFCCHARTYP').trim())?.name,
    packVersion: said(text(pack, 'E_VERSION')),
    clockOffsetMs: sapTimeMs === undefined ? undefined : Math.round(sapTimeMs - halfwayMs),
  };
}

const saysNothing: ReadonlySet<string> = new Set(['SAP_FUNCTION_MISSING', 'SAP_NOT_AUTHORIZED', 'SAP_REFUSED']);

async function ask(connection: SapSession, functionName: string, deadline: Deadline): Promise<AbapParameters> {
  try {
    return await connection.call(functionName, {}, { deadline, effect: 'read', urgency: 'bulk' });
  } catch (thrown) {
    if (saysNothing.has(toGatewayError(thrown).code)) return {};
    throw thrown;
  }
}

const said = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim());

/** `YYYYMMDDHHMMSS` in UTC, to the second; undefined for anything else. */
function utcOf(stamp: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // SAP says full seconds, of which half has passed on average.
  return Number.isNaN(ms) ? undefined : ms + 500;
}
