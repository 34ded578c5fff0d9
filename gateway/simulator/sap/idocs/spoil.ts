/** Spoils the content of an IDoc that leaves: what is in the database stays right. */
import { controlTable } from './control-record.ts';
import type { OutgoingIdoc } from './idoc.ts';
import type { IdocFault } from './idoc-faults.ts';
import { createLayout } from './segment-layouts.ts';
import { createSegment, segment } from './segment.ts';
import type { Segment } from './segment.ts';

const unknown = createSegment(createLayout('Z1GWUNKNOWN', 'ZZFIELD:20 ZZTEXT:40', '000'), {
  ZZFIELD: 'UNKNOWN',
  ZZTEXT: 'A segment nobody was told of',
});

function setControl(idoc: OutgoingIdoc, values: Readonly<Record<string, string>>): OutgoingIdoc {
  return { ...idoc, control: { ...idoc.control, ...values } };
}

/** Below the root where there is one; EDI types get it behind their header. */
function addUnknown(idoc: OutgoingIdoc): OutgoingIdoc {
  const [first, ...rest] = idoc.segments;
  if (first === undefined) return { ...idoc, segments: [unknown] };
  return rest.length > 0
    ? { ...idoc, segments: [first, unknown, ...rest] }
    : { ...idoc, segments: [{ ...first, children: [unknown, ...first.children] }] };
}

function setValue(idoc: OutgoingIdoc, { segment: type = '', field = '', value = '' }: IdocFault): OutgoingIdoc {
  if (type === controlTable) return setControl(idoc, { [field]: value });
  let isDone = false;
  const visit = (it: Segment): Segment => {
    if (isDone) return it;
    if (it.layout.type !== type) return { ...it, children: [...it.children].map(visit) };
    isDone = true;
    return { ...it, ...createSegment(it.layout, { ...it.values, [field]: value }, it.children) };
  };
  return { ...idoc, segments: [...idoc.segments].map(visit) };
}

/** The moment `seconds` before a stamp YYYYMMDDHHMMSS. */
function earlier(stamp: string, seconds: number): string {
  const [date, time] = [stamp.slice(0, 8), stamp.slice(8, 14)];
  const moment = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
  return new Date(Date.parse(moment) - seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
}

function makeOlder(idoc: OutgoingIdoc, seconds: number): OutgoingIdoc {
  const { CREDAT = '', CRETIM = '', SERIAL = '' } = idoc.control;
  const created = earlier(CREDAT + CRETIM, seconds);
  const serial = earlier(SERIAL, seconds) + SERIAL.slice(14);
  return setControl(idoc, { CREDAT: created.slice(0, 8), CRETIM: created.slice(8), SERIAL: serial });
}

/** Texts that are valid where they stand: header and line by root. */
const fillers: Readonly<Record<string, readonly [header: string, line: string]>> = {
  E1KNA1M: ['E1KNA1H', 'E1KNA1L'],
  E1MARAM: ['E1MTXHM', 'E1MTXLM'],
  E1EDK01: ['E1EDKT1', 'E1EDKT2'],
  E1EDL20: ['E1TXTH8', 'E1TXTP8'],
};
const fillerText = 'A very long text that somebody pasted. ';

/** Lines that are made up while they are read, so that a document of any size needs no memory. */
function endless(root: string, bytes: number): Segment {
  const [header, line] = fillers[root] ?? ['E1BPAD_REM', 'E1BPAD_REM'];
  const text = line === 'E1BPAD_REM' ? { ADR_NOTES: fillerText } : { TDLINE: fillerText.repeat(4) };
  const one = segment(line, text);
  const fields = Object.entries(one.values).map(([name, value = '']) => `<${name}></${name}>`.length + value.length);
  // What a line takes in XML; flat records are longer.
  const width = `<${line} SEGMENT="1"></${line}>`.length + fields.reduce((sum, it) => sum + it, 0);
  const count = Math.ceil(bytes / width);
  const lines: Iterable<Segment> = {
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index += 1) yield one;
    },
  };
  return segment(header, header === line ? {} : { TDID: '0001' }, lines);
}

function enlarge(idoc: OutgoingIdoc, bytes: number): OutgoingIdoc {
  const [first, ...rest] = idoc.segments;
  if (first === undefined) return idoc;
  const filler = endless(first.layout.type, bytes);
  if (!first.layout.type.startsWith('E1EDK'))
    return { ...idoc, segments: [{ ...first, children: [filler, ...first.children] }, ...rest] };
  const place = rest.findIndex((it) => it.layout.type === 'E1EDP01');
  return { ...idoc, segments: [first, ...rest.toSpliced(place < 0 ? rest.length : place, 0, filler)] };
}

/** Applies one fault. */
export function spoil(idoc: OutgoingIdoc, fault: IdocFault): OutgoingIdoc {
  switch (fault.kind) {
    case 'foreign-client':
      return setControl(idoc, { MANDT: '999' });
    case 'foreign-partner':
      return setControl(idoc, { SNDPRN: 'STRANGER' });
    case 'foreign-type':
      return setControl(idoc, { IDOCTYP: `${(idoc.control['IDOCTYP'] ?? '').slice(0, -2)}99` });
    case 'unknown-segment':
      return addUnknown(idoc);
    case 'wrong-value':
      return setValue(idoc, fault);
    case 'older-serial':
      return makeOlder(idoc, fault.seconds);
    case 'huge':
      return enlarge(idoc, fault.bytes);
    default:
      return idoc;
  }
}
