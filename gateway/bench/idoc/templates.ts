/** IDocs of every object of the simulated SAP, as its ports write them: what documents of any size are made of. */
import { startSapSimulator } from '../../simulator/sap/start.ts';
import type { AleSystem, Idoc } from '../../simulator/sap/idocs/index.ts';
import { renderFlat } from '../../simulator/sap/idocs/render-flat.ts';
import { renderXml } from '../../simulator/sap/idocs/render-xml.ts';

export type Form = 'xml' | 'flat';

/** Customers with sales areas, partners, company codes and contacts; materials; orders with items as confirmed. */
export const messageTypes = ['DEBMAS', 'MATMAS', 'ORDRSP'] as const;
export type MessageType = (typeof messageTypes)[number];

/** What stands before, around and after the number of each IDoc. */
export interface Template {
  readonly root: string;
  readonly idocs: readonly (readonly string[])[];
}

export type Templates = Readonly<Record<MessageType, Readonly<Record<Form, Template>>>>;

/** What the ports write by themselves: blank fields left out, nothing indented, records padded to their length. */
const xmlStyle = { encoding: 'utf-8', emptyElements: false, soap: false };
const flatStyle = { lineEnd: 'LF', trimBlanks: false, definitions: {} } as const;

/** Asks a simulated SAP once; it is gone when they are there. */
export async function makeTemplates(): Promise<Templates> {
  const types = Object.fromEntries(messageTypes.map((name) => [name, {}]));
  // Nobody listens: the IDocs are taken from SAP's own database.
  const ports = { GW: { kind: 'http', url: 'http://127.0.0.1:9' } } as const;
  const sap = await startSapSimulator({ idocs: { ports, messageTypes: types } });
  try {
    const { ale } = sap.idocs ?? {};
    if (ale === undefined) throw new Error('the simulated SAP has no IDocs');
    return {
      DEBMAS: templatesOf(ale, 'DEBMAS'),
      MATMAS: templatesOf(ale, 'MATMAS'),
      ORDRSP: templatesOf(ale, 'ORDRSP'),
    };
  } finally {
    await sap.close();
  }
}

function templatesOf(ale: AleSystem, type: MessageType): Record<Form, Template> {
  const idocs = ale.request(type, [...ale.active(type).message.allKeys(ale.system.database)], 1);
  const root = idocs[0]?.control['IDOCTYP'];
  if (root === undefined) throw new Error(`no ${type}`);
  const xml = idocs.map((idoc) => apart(idoc, inner([...renderXml([idoc], xmlStyle)].join(''), root)));
  const flat = idocs.map((idoc) => apart(idoc, [...renderFlat([idoc], flatStyle)].join('')));
  return { xml: { root, idocs: xml }, flat: { root, idocs: flat } };
}

/** What stands around the number. */
const apart = ({ control }: Idoc, text: string): readonly string[] => text.split(control['DOCNUM'] ?? '');

/** The IDoc of a document that has only this one. */
function inner(document: string, root: string): string {
  return document.slice(document.indexOf('<IDOC '), document.lastIndexOf(`</${root}>`));
}
