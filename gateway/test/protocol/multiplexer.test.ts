/** The multiplexer without sockets: interleaving, credit, cancelling, and what breaks the rules. */
import { describe, expect, it } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import { frameHeaderBytes, frameTypes, toFrame, writeFrame } from '../../src/protocol/frames.ts';
import type { FrameType } from '../../src/protocol/frames.ts';
import { maxIncomingMessageBytes, maxStreams, streamWindowBytes } from '../../src/protocol/limits.ts';
import { bytesOf, chance, pick } from './chance.ts';
import { TwoEnds } from './two-ends.ts';

function message(type: FrameType, stream: number, payload: Buffer = Buffer.alloc(0), isEnd = false): Buffer {
  const frame = toFrame(type, stream, payload, isEnd);
  const bytes = Buffer.alloc(frameHeaderBytes + payload.length);
  writeFrame(bytes, 0, frame);
  return bytes;
}

const acceptedAt = (ends: TwoEnds, index: number): TwoEnds['accepted'][number] => {
  const call = ends.accepted[index];
  if (call === undefined) throw new Error(`no call ${index} was accepted`);
  return call;
};

describe('streams', () => {
  it('carry any number of calls at once, each byte to its own', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = chance(seed);
      const ends = new TwoEnds();
      const calls = Array.from({ length: 1 + pick(random, 12) }, (_unused, index) => {
        const request = bytesOf(random, pick(random, 60_000));
        const answer = bytesOf(random, pick(random, random() < 0.3 ? 600_000 : 3_000));
        return { request, answer, recorder: ends.open(`call ${index}`, request) };
      });
      ends.settle();
      for (const { stream, header, recorder } of ends.accepted) {
        const index = Number(header.slice(5));
        expect(recorder.bytes.equals(calls[index]?.request ?? Buffer.alloc(0))).toBe(true);
        stream.answer(`answer ${index}`, calls[index]?.answer ?? Buffer.alloc(0));
      }
      ends.settle();
      for (const [index, { answer, recorder }] of calls.entries()) {
        expect({
          seed,
          index,
          header: recorder.header,
          isEnd: recorder.isEnd,
          isSame: recorder.bytes.equals(answer),
        }).toEqual({
          seed,
          index,
          header: `answer ${index}`,
          isEnd: true,
          isSame: true,
        });
      }
      expect([ends.relay.openStreams, ends.agent.openStreams]).toEqual([0, 0]);
      expect(Math.max(...ends.messages.map((each) => each.message.length))).toBeLessThanOrEqual(
        maxIncomingMessageBytes,
      );
    }
  });

  it('let a small answer pass large ones after a few frames', () => {
    const ends = new TwoEnds();
    for (const name of ['large 1', 'large 2', 'small']) ends.open(name);
    ends.settle();
    acceptedAt(ends, 0).stream.answer('large', Buffer.alloc(1_000_000));
    acceptedAt(ends, 1).stream.answer('large', Buffer.alloc(1_000_000));
    ends.turn();
    const before = ends.messages.length;
    acceptedAt(ends, 2).stream.answer('small', Buffer.alloc(2_000));
    while (ends.relay.openStreams > 2) ends.turn();
    // Two messages may be in the socket already; the third has the small one among its turns.
    expect(ends.messages.length - before).toBeLessThanOrEqual(4);
  });

  it('send no more than the reader granted, and go on when it grants more', () => {
    const ends = new TwoEnds();
    const reader = ends.open('slow reader');
    reader.consumes = false;
    ends.settle();
    acceptedAt(ends, 0).stream.answer('answer', Buffer.alloc(streamWindowBytes + 100_000));
    ends.settle();
    expect(reader.bytes.length).toBe(streamWindowBytes);
    reader.stream?.consume(streamWindowBytes);
    ends.settle();
    expect(reader.bytes.length).toBe(streamWindowBytes + 100_000);
    expect(reader.isEnd).toBe(true);
  });

  it('leave in one message what one turn produced', () => {
    const ends = new TwoEnds();
    for (let index = 0; index < 10; index += 1) ends.open(`call ${index}`, Buffer.from('body'));
    ends.turn();
    expect(ends.accepted).toHaveLength(10);
    expect(ends.messages).toHaveLength(1);
  });

  it('that are cancelled tell the other side and ignore what still arrives', () => {
    const ends = new TwoEnds();
    const caller = ends.open('call');
    ends.settle();
    acceptedAt(ends, 0).stream.answer('answer', Buffer.alloc(900_000));
    ends.turn();
    caller.stream?.cancel();
    ends.settle();
    expect(acceptedAt(ends, 0).recorder.isCancelled).toBe(true);
    expect(caller.isEnd).toBe(false);
    expect([ends.relay.openStreams, ends.agent.openStreams]).toEqual([0, 0]);
  });

  it('may be answered before the request has arrived in full', () => {
    const ends = new TwoEnds();
    const caller = ends.open('call', Buffer.alloc(200_000));
    while (ends.accepted.length === 0) ends.turn();
    acceptedAt(ends, 0).stream.answer('refused', Buffer.from('no'));
    ends.settle();
    expect(caller.bytes.toString()).toBe('no');
    expect([ends.relay.openStreams, ends.agent.openStreams]).toEqual([0, 0]);
  });

  it('begin again at one after four billion, around those still open', () => {
    const ends = new TwoEnds(0xffff_fffe);
    const ids = ['a', 'b', 'c'].map((name) => ends.open(name).stream?.id);
    expect(ids).toEqual([0xffff_ffff, 1, 2]);
  });

  it('are told once when the connection is lost, and no new one opens', () => {
    const ends = new TwoEnds();
    const caller = ends.open('call');
    ends.relay.fail(new GatewayError('CONNECTION_LOST'));
    expect(caller.lost).toBe('CONNECTION_LOST');
    expect(() => ends.open('late')).toThrow(expect.objectContaining({ code: 'CONNECTION_LOST' }));
    expect(ends.relay.openStreams).toBe(0);
  });

  it('have a limit, and one more is AGENT_BUSY', () => {
    const ends = new TwoEnds();
    for (let index = 0; index < maxStreams; index += 1) ends.open('call');
    expect(() => ends.open('one more')).toThrow(expect.objectContaining({ code: 'AGENT_BUSY' }));
  });
});

describe('a connection', () => {
  it('answers a ping and passes on that the other side goes away', () => {
    const ends = new TwoEnds();
    ends.relay.ping();
    ends.agent.goAway();
    ends.settle();
    expect(ends.told.sort()).toEqual(['relay: go away', 'relay: pong']);
  });

  const credit = (bytes: number): Buffer => {
    const payload = Buffer.alloc(4);
    payload.writeUInt32BE(bytes);
    return payload;
  };

  it.each([
    ['a request to a relay', 'relay', message(frameTypes.request, 7)],
    ['an answer to an agent', 'agent', message(frameTypes.answer, 1)],
    ['a stream opened twice', 'agent', message(frameTypes.request, 1)],
    ['a stream frame without a stream', 'agent', message(frameTypes.data, 0, Buffer.from('x'))],
    ['a ping on a stream', 'agent', message(frameTypes.ping, 1)],
    ['data before the answer', 'relay', message(frameTypes.data, 1, Buffer.from('x'))],
    ['data that was not announced', 'agent', message(frameTypes.data, 1, Buffer.from('x'))],
    ['credit of the wrong length', 'agent', message(frameTypes.credit, 1, Buffer.alloc(3))],
    ['credit of nothing', 'agent', message(frameTypes.credit, 1, credit(0))],
    ['credit beyond the window', 'agent', message(frameTypes.credit, 1, credit(0xffff_ffff))],
  ] as const)('is ended by %s', (_what, side, bytes) => {
    const ends = new TwoEnds();
    ends.open('call');
    ends.settle();
    expect(() => ends[side].receive(bytes)).toThrow(expect.objectContaining({ code: 'PROTOCOL_VIOLATION' }));
  });

  it('is ended by more data than was granted', () => {
    const ends = new TwoEnds();
    const reader = ends.open('call');
    reader.consumes = false;
    ends.settle();
    ends.relay.receive(message(frameTypes.answer, 1, Buffer.from('answer')));
    const chunk = message(frameTypes.data, 1, Buffer.alloc(16_384));
    for (let sent = 0; sent < streamWindowBytes; sent += 16_384) ends.relay.receive(chunk);
    expect(() => ends.relay.receive(chunk)).toThrow(expect.objectContaining({ code: 'PROTOCOL_VIOLATION' }));
  });
});
