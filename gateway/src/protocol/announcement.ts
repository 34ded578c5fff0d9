/** What an agent tells a relay of the services it serves: all of one SAP system at once, anew after each change. */
import { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import { publishedService, sapSystemId } from '../model/index.ts';
import type { PublishedService, SapSystemId, ServiceName } from '../model/index.ts';
import { maxAnnouncementBytes, maxServices } from './limits.ts';

/** It replaces what the same agent announced of the same system before. */
export interface Announcement {
  readonly system: SapSystemId;
  readonly services: readonly PublishedService[];
}

/** An announcement as bytes, and the services that did not fit: they cannot be called until others are withdrawn. */
export interface WrittenAnnouncement {
  readonly bytes: Buffer;
  readonly left: readonly ServiceName[];
}

/** An announcement as a relay read it; `unreadable` counts the services it does not understand and leaves out. */
export interface ReadAnnouncement extends Announcement {
  readonly unreadable: number;
}

const envelope = z.object({ system: sapSystemId, services: z.array(z.unknown()).max(maxServices) });

/** Everything that fits within the limits, in the order given. */
export function writeAnnouncement({ system, services }: Announcement): WrittenAnnouncement {
  const written: string[] = [];
  const left: ServiceName[] = [];
  let bytes = Buffer.byteLength(wrap(system, []));
  for (const service of services) {
    const text = JSON.stringify(service);
    const size = Buffer.byteLength(text) + 1;
    if (written.length >= maxServices || bytes + size > maxAnnouncementBytes) {
      left.push(service.name);
      continue;
    }
    bytes += size;
    written.push(text);
  }
  return { bytes: Buffer.from(wrap(system, written)), left };
}

const wrap = (system: SapSystemId, services: readonly string[]): string =>
  `{"system":${JSON.stringify(system)},"services":[${services.join(',')}]}`;

/**
 * Throws PROTOCOL_VIOLATION for what is no announcement. A single service of a form this relay does not know is left out:
 * the calls of everybody else must not end because of it.
 */
export function readAnnouncement(bytes: Buffer): ReadAnnouncement {
  const { system, services } = parse(bytes);
  const known = new Map<ServiceName, PublishedService>();
  for (const each of services) {
    const read = readService(each);
    if (read !== undefined && !known.has(read.name)) known.set(read.name, read);
  }
  return { system, services: [...known.values()], unreadable: services.length - known.size };
}

function parse(bytes: Buffer): z.output<typeof envelope> {
  try {
    return envelope.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new GatewayError('PROTOCOL_VIOLATION', { reason: 'not an announcement' }, cause);
  }
}

function readService(value: unknown): PublishedService | undefined {
  try {
    return publishedService.safeParse(value).data;
  } catch {
    // Schemas are nested as deep as the sender likes; deeper than the stack is not readable either.
    return undefined;
  }
}
