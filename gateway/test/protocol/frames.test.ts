/** Frames: whatever is written is read back, and whatever is not a frame is refused. */
import { describe, expect, it } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import { frameHeaderBytes, frameTypes, readFrames, toFrame, writeFrame } from '../../src/protocol/frames.ts';
import type { Frame, OutgoingFrame } from '../../src/protocol/frames.ts';
import { maxFrameBytes } from '../../src/protocol/limits.ts';
import { bytesOf, chance, pick } from './chance.ts';

const types = Object.values(frameTypes);

function toMessage(frames: readonly OutgoingFrame[]): Buffer {
  const message = Buffer.alloc(frames.reduce((sum, frame) => sum + frameHeaderBytes + frame.payloadBytes, 0));
  let offset = 0;
  for (const frame of frames) offset = writeFrame(message, offset, frame);
  return message;
}

function readAll(message: Buffer): Frame[] {
  const frames: Frame[] = [];
  readFrames(message, (frame) => frames.push(frame));
  return frames;
}

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (thrown) {
    return thrown instanceof GatewayError ? thrown.code : String(thrown);
  }
};

describe('frames', () => {
  it('are read as they were written, in any mixture', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = chance(seed);
      const frames = Array.from({ length: 1 + pick(random, 6) }, () =>
        toFrame(
          types[pick(random, types.length)] ?? frameTypes.data,
          pick(random, 2 ** 32),
          bytesOf(random, pick(random, 400)),
          random() < 0.5,
        ),
      );
      const read = readAll(toMessage(frames));
      expect({
        seed,
        read: read.map((frame) => [frame.type, frame.stream, frame.isEnd, frame.payload.toString('hex')]),
      }).toEqual({
        seed,
        read: frames.map((frame) => [
          frame.type,
          frame.stream,
          frame.isEnd,
          Buffer.from(frame.payload).toString('hex'),
        ]),
      });
    }
  });

  it('carry text beyond ASCII without cutting it', () => {
    const [frame] = readAll(toMessage([toFrame(frameTypes.request, 1, '{"name":"Brasserie Lumière 桜 🚢"}', true)]));
    expect(frame?.payload.toString('utf8')).toBe('{"name":"Brasserie Lumière 桜 🚢"}');
  });

  it('are either read or refused as a violation, whatever bytes arrive', () => {
    for (let seed = 1; seed <= 3000; seed += 1) {
      const random = chance(seed);
      const message = bytesOf(random, pick(random, 64));
      // Half of them begin like a frame, so that the checks behind the first are reached.
      if (random() < 0.5 && message.length > 3)
        message.set([1 + pick(random, 9), pick(random, 3), 0, pick(random, 64)]);
      expect({ seed, code: codeOf(() => readAll(message)) }).toEqual({
        seed,
        code: expect.stringMatching(/^(none|PROTOCOL_VIOLATION)$/),
      });
    }
  });

  it.each([
    ['a cut header', Buffer.from([1, 0, 0])],
    ['a cut payload', Buffer.from([3, 0, 0, 9, 0, 0, 0, 1, 1])],
    ['an unknown type', Buffer.from([99, 0, 0, 0, 0, 0, 0, 1])],
    ['type zero', Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])],
    ['unknown flags', Buffer.from([3, 6, 0, 0, 0, 0, 0, 1])],
    ['a payload above the limit', Buffer.concat([Buffer.from([3, 0, 0x40, 1, 0, 0, 0, 1]), Buffer.alloc(0x4001)])],
  ])('refuses %s', (_what, message) => {
    expect(codeOf(() => readAll(message))).toBe('PROTOCOL_VIOLATION');
  });

  it('cannot be made with a payload above the limit', () => {
    expect(codeOf(() => toFrame(frameTypes.data, 1, Buffer.alloc(maxFrameBytes + 1), false))).toBe(
      'PROTOCOL_VIOLATION',
    );
  });
});
