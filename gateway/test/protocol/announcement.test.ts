/** What an agent announces of its services: bounded, in turns with answers, and only to those who understand it. */
import { describe, expect, test } from '@jest/globals';
import { publishedService, sapSystemId } from '../../src/model/index.ts';
import type { PublishedService } from '../../src/model/index.ts';
import {
  agreeOnVersion,
  announcesServices,
  maxAnnouncementBytes,
  maxServices,
  readAnnouncement,
  spokenVersions,
  writeAnnouncement,
} from '../../src/protocol/index.ts';
import { frameTypes, toFrame, writeFrame } from '../../src/protocol/frames.ts';
import { TwoEnds } from './two-ends.ts';

const system = sapSystemId.parse('ERPCLNT100');

const service = (name: string, summary = 'Does something'): PublishedService =>
  publishedService.parse({
    ...{ name, summary, effect: 'read', callers: [], signature: 'required' },
    inputs: { type: 'object', properties: { number: { type: 'string', maxLength: 10 } } },
    outputs: { type: 'object', properties: { list: { type: 'array', items: { type: 'string' } } } },
  });

describe('an announcement', () => {
  test('is read as it was written', () => {
    const services = [service('One'), service('Two', 'Ünïcode "quoted"')];
    const { bytes, left } = writeAnnouncement({ system, services });
    expect(left).toEqual([]);
    expect(readAnnouncement(bytes)).toEqual({ system, services, unreadable: 0 });
  });

  test('of no services says that there are none', () => {
    expect(readAnnouncement(writeAnnouncement({ system, services: [] }).bytes)).toMatchObject({ services: [] });
  });

  test(`holds ${maxServices} services, and says which are left`, () => {
    const services = Array.from({ length: maxServices + 2 }, (_, index) => service(`Service${index}`));
    const { bytes, left } = writeAnnouncement({ system, services });
    expect(left).toEqual([`Service${maxServices}`, `Service${maxServices + 1}`]);
    expect(readAnnouncement(bytes).services).toHaveLength(maxServices);
  });

  test('never gets larger than its limit', () => {
    const large = { ...service('Large'), inputs: { type: 'string' as const, description: 'ü'.repeat(900) } };
    const wide = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, large.inputs]));
    const services = ['A', 'B', 'C', 'D', 'E'].map((name) => ({
      ...service(name),
      inputs: { type: 'object' as const, properties: wide },
    }));
    const { bytes, left } = writeAnnouncement({ system, services: [...services, service('Small')] });
    expect(bytes.length).toBeLessThanOrEqual(maxAnnouncementBytes);
    expect(left.length).toBeGreaterThan(0);
    expect(readAnnouncement(bytes).services).toHaveLength(6 - left.length);
    expect(readAnnouncement(bytes).services.map(({ name }) => name)).toContain('Small');
  });

  test('leaves out a service this relay does not understand, and keeps the others', () => {
    const odd = { ...service('Odd'), retries: 3 };
    const bytes = Buffer.from(JSON.stringify({ system, services: [odd, service('One'), 'nonsense', service('One')] }));
    expect(readAnnouncement(bytes)).toEqual({ system, services: [service('One')], unreadable: 3 });
  });

  test('survives a service nested deeper than the stack', () => {
    const depth = 100_000;
    const inputs = `${'{"type":"array","items":'.repeat(depth)}{"type":"string"}${'}'.repeat(depth)}`;
    const odd = JSON.stringify(service('Deep')).replace(/"inputs":\{.*?\}\}\}?,/, `"inputs":${inputs},`);
    const bytes = Buffer.from(`{"system":"${system}","services":[${odd}]}`);
    expect(readAnnouncement(bytes)).toMatchObject({ services: [], unreadable: 1 });
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no system', JSON.stringify({ services: [] })],
    ['a strange system', JSON.stringify({ system: 'erp; drop', services: [] })],
    ['too many', JSON.stringify({ system, services: Array.from({ length: maxServices + 1 }, () => 0) })],
  ])('that is none is refused: %s', (_, text) => {
    expect(() => readAnnouncement(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'PROTOCOL_VIOLATION' }));
  });
});

describe('on a connection', () => {
  const read = (ends: TwoEnds) => ends.announced.map((bytes) => bytes.toString('utf8'));

  test('arrives whole, in order, and of several at once only the newest after the first', () => {
    const ends = new TwoEnds();
    const first = 'x'.repeat(300_000);
    for (const text of [first, 'second', 'third']) ends.agent.announce('ERPCLNT100', Buffer.from(text));
    ends.agent.announce('ERPCLNT200', Buffer.from('other'));
    ends.settle();
    expect(read(ends)).toEqual([first, 'third', 'other']);
    ends.agent.announce('ERPCLNT100', Buffer.from('fourth'));
    ends.settle();
    expect(read(ends).at(-1)).toBe('fourth');
  });

  test('does not hold up a small answer', () => {
    const ends = new TwoEnds();
    ends.agent.announce('ERPCLNT100', Buffer.alloc(1_000_000, 'x'));
    const call = ends.open('call');
    while (ends.accepted.length === 0) ends.turn();
    ends.accepted[0]?.stream.answer('answer', Buffer.from('body'));
    while (!call.isEnd) expect(ends.turn()).toBe(true);
    expect(call.bytes.toString()).toBe('body');
    expect(ends.announced).toEqual([]);
    ends.settle();
    expect(ends.announced).toHaveLength(1);
  });

  test('is refused by an agent, and by a relay that did not agree on it', () => {
    const frame = toFrame(frameTypes.services, 0, '{}', true);
    const message = Buffer.alloc(8 + frame.payloadBytes);
    writeFrame(message, 0, frame);
    const ends = new TwoEnds(0, { announces: false });
    for (const end of [ends.agent, ends.relay]) {
      expect(() => end.receive(message)).toThrow(expect.objectContaining({ code: 'PROTOCOL_VIOLATION' }));
    }
  });

  test('is refused when it is larger than its limit, or comes in empty pieces', () => {
    const piece = (bytes: number): Buffer => {
      const frame = toFrame(frameTypes.services, 0, Buffer.alloc(bytes), false);
      const message = Buffer.alloc(8 + bytes);
      writeFrame(message, 0, frame);
      return message;
    };
    const ends = new TwoEnds();
    expect(() => {
      for (let sent = 0; sent <= maxAnnouncementBytes; sent += 16_000) ends.relay.receive(piece(16_000));
    }).toThrow(expect.objectContaining({ code: 'PROTOCOL_VIOLATION' }));
    expect(() => new TwoEnds().relay.receive(piece(0))).toThrow(
      expect.objectContaining({ code: 'PROTOCOL_VIOLATION' }),
    );
  });

  test('that has ended nothing is announced any more', () => {
    const ends = new TwoEnds();
    ends.agent.fail(new Error('gone') as never);
    ends.agent.announce('ERPCLNT100', Buffer.from('late'));
    ends.settle();
    expect(ends.announced).toEqual([]);
  });
});

describe('the version', () => {
  test.each([
    [{ current: 1, oldest: 1 }, 1, false],
    [spokenVersions, spokenVersions.current, true],
    [{ current: 5, oldest: 2 }, spokenVersions.current, true],
  ])('agreed on with %j decides whether services are announced', (theirs, version, announces) => {
    expect(agreeOnVersion(spokenVersions, theirs)).toBe(version);
    expect(announcesServices(version)).toBe(announces);
  });
});
