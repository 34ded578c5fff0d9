/** Nothing that was acknowledged is lost: it is on the disk by then, and each change of it ends exactly once, or is listed as held. */
import type { ArrivedDocument } from '../../../src/model/index.ts';
import type { Arrival } from '../../../src/ports/index.ts';
import type { Verdict } from '../../invariants/invariant.ts';
import type { ChangeMachine } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import { isBudgetSpent } from './rest.ts';
import type { Promised } from './promise.ts';

const selectDocument = `SELECT position FROM document
  WHERE ltrim(number, '0') = ltrim(?1, '0') AND number = ?1 AND sender = ?2 AND content_hash = ?3`;
const selectRefused = 'SELECT 1 FROM refused WHERE number = ? AND sender = ? AND content_hash = ?';
const countDocuments =
  'SELECT count(*) AS documents, count(DISTINCT sender || char(0) || number) AS numbers FROM document';

const isKept = ({ disk }: ChangeMachine, arrival: Arrival): boolean => {
  const { source, contentHash } = 'refused' in arrival ? arrival.refused : arrival.document;
  const parameters = [source.number, source.sender, contentHash] as const;
  const isUnderstood = !('refused' in arrival) && disk.find(selectDocument, ...parameters) !== undefined;
  return isUnderstood || disk.find(selectRefused, ...parameters) !== undefined;
};

/** At the moment at which SAP forgets a document, its agent would know it after a power failure. */
export function keptBeforeAcknowledged({ machines }: ChangesWorld): Promised {
  const positions = new Map<string, number>();
  return {
    name: 'kept before it is acknowledged',
    acknowledged({ machine }, arrivals) {
      // Between the commit and the acknowledgement the process may have ended; its disk has it then.
      if (machine.disk.isSynced === undefined) return undefined;
      const lost = arrivals.find((arrival) => !isKept(machine, arrival));
      if (lost !== undefined) return `${nameOf(lost)} is acknowledged, and ${machine.agentId} does not have it`;
      return machine.disk.isSynced ? undefined : `${machine.agentId} acknowledges what a power failure would take`;
    },
    committed({ machine }, requests) {
      // A position behind which a change stands that nobody has would never be asked for again.
      for (const request of requests) {
        const checkpoint = request.kind === 'accept' ? request.checkpoint : undefined;
        if (checkpoint === undefined) continue;
        const before = positions.get(machine.agentId);
        const position = Number(
          machine.disk.find('SELECT value FROM checkpoint WHERE name = ?', checkpoint.name)?.['value'],
        );
        positions.set(machine.agentId, position);
        for (let sequence = (before ?? position) + 1; sequence <= position; sequence += 1)
          if (machine.disk.find(selectRow, `K${String(sequence).padStart(10, '0')}`) === undefined)
            return `${machine.agentId} goes past change ${sequence} of "changes since", and does not have it`;
      }
      return undefined;
    },
    atEnd() {
      for (const { disk, agentId } of machines) {
        const found = disk.find(countDocuments);
        if (found?.['documents'] !== found?.['numbers']) return `${agentId} has a document twice`;
      }
      return undefined;
    },
  };
}

const selectRow = 'SELECT 1 FROM document WHERE number = ?';

const nameOf = (arrival: Arrival): string => {
  const { source } = 'refused' in arrival ? arrival.refused : arrival.document;
  return `${source.type} ${source.number}`;
};

const selectChanges = `SELECT count(*) AS changes, count(DISTINCT c.kind || char(0) || c.key_id || char(0) || c.facet) AS parts,
    sum(c.state = 'waiting' AND r.state <> 'held') AS forgotten, sum(c.state <> 'waiting' AND c.ended_at_ms IS NULL) AS odd
  FROM change c LEFT JOIN record r ON r.target = c.target AND r.kind = c.kind AND r.key_id = c.key_id WHERE c.document = ?`;

/** Every change of everything that was acknowledged: delivered, older, echo, unwanted, discarded; or its record is held. */
export function everyChangeEnds(world: ChangesWorld): Promised {
  const { machines } = world;
  const acknowledged = new Map<ChangeMachine, Map<string, ArrivedDocument>>();
  const endOf = (machine: ChangeMachine, document: ArrivedDocument): Verdict => {
    const { source, contentHash, changes } = document;
    const position = machine.disk.find(selectDocument, source.number, source.sender, contentHash)?.['position'];
    // It was kept among the refused ones, because its number was known with other content.
    if (position === undefined) return undefined;
    const found = machine.disk.find(selectChanges, position);
    const name = `${source.type} ${source.number} at ${machine.agentId}`;
    if (Number(found?.['changes']) !== changes.length)
      return `${name} has ${String(found?.['changes'])} of ${changes.length} changes`;
    if (Number(found?.['forgotten'] ?? 0) > 0 && !isBudgetSpent(world)) return `a change of ${name} waits for nothing`;
    return Number(found?.['odd'] ?? 0) > 0 ? `a change of ${name} has ended at no time` : undefined;
  };
  const judge = (): Verdict => {
    for (const machine of machines)
      for (const document of acknowledged.get(machine)?.values() ?? []) {
        const verdict = endOf(machine, document);
        if (verdict !== undefined) return verdict;
      }
    return undefined;
  };
  return {
    name: 'every change ends once',
    acknowledged({ machine }, arrivals) {
      const documents = acknowledged.get(machine) ?? new Map<string, ArrivedDocument>();
      acknowledged.set(machine, documents);
      for (const arrival of arrivals)
        if ('document' in arrival) documents.set(arrival.document.contentHash, arrival.document);
      return undefined;
    },
    atEnd: judge,
  };
}
