/**
 * Frames: bytes to meaning and back. A frame is type (1 byte), flags (1), payload length (2), stream (4, all
 * big-endian), payload. A WebSocket message holds one or more whole frames.
 */
import { GatewayError } from '../errors/index.ts';
import { maxFrameBytes } from './limits.ts';

export const frameHeaderBytes = 8;

/** `request` goes from relay to agent, `answer` and `services` back; all others both ways. */
export const frameTypes = {
  request: 1,
  answer: 2,
  data: 3,
  /** Four bytes: how many more bytes of the stream's body may be sent. */
  credit: 4,
  cancel: 5,
  ping: 6,
  pong: 7,
  /** The sender will finish what runs and wants nothing new. */
  goAway: 8,
  /** A piece of an announcement, from version 2 on; the last one has the end flag. */
  services: 9,
} as const;

export type FrameType = (typeof frameTypes)[keyof typeof frameTypes];

export interface Frame {
  readonly type: FrameType;
  /** The last frame of this stream in this direction. */
  readonly isEnd: boolean;
  /** 0 for frames about the connection. */
  readonly stream: number;
  readonly payload: Buffer;
}

const endFlag = 1;
const highestType = Math.max(...Object.values(frameTypes));
const violation = (reason: string): GatewayError => new GatewayError('PROTOCOL_VIOLATION', { reason });

/** A frame on its way out; a text payload is written without a buffer of its own. */
export interface OutgoingFrame {
  readonly type: FrameType;
  readonly isEnd: boolean;
  readonly stream: number;
  readonly payload: Buffer | string;
  readonly payloadBytes: number;
}

/** Prepares a frame; throws PROTOCOL_VIOLATION where the payload does not fit. */
export function toFrame(type: FrameType, stream: number, payload: Buffer | string, isEnd: boolean): OutgoingFrame {
  const payloadBytes = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
  if (payloadBytes > maxFrameBytes) throw violation('payload does not fit a frame');
  return { type, isEnd, stream, payload, payloadBytes };
}

/** Writes a frame at `offset` and returns where the next one begins. */
export function writeFrame(target: Buffer, offset: number, frame: OutgoingFrame): number {
  target[offset] = frame.type;
  target[offset + 1] = frame.isEnd ? endFlag : 0;
  target.writeUInt16BE(frame.payloadBytes, offset + 2);
  target.writeUInt32BE(frame.stream, offset + 4);
  const start = offset + frameHeaderBytes;
  if (typeof frame.payload === 'string') target.write(frame.payload, start, frame.payloadBytes, 'utf8');
  else target.set(frame.payload, start);
  return start + frame.payloadBytes;
}

/** Hands each frame of a message to `visit`; payloads are views, valid for as long as the message is kept. */
export function readFrames(message: Buffer, visit: (frame: Frame) => void): void {
  let offset = 0;
  while (offset < message.length) {
    if (message.length - offset < frameHeaderBytes) throw violation('frame header is cut off');
    const payloadBytes = message.readUInt16BE(offset + 2);
    const start = offset + frameHeaderBytes;
    if (payloadBytes > maxFrameBytes) throw violation('frame is too long');
    if (message.length - start < payloadBytes) throw violation('frame is cut off');
    visit({
      type: toFrameType(message[offset]),
      isEnd: toIsEnd(message[offset + 1]),
      stream: message.readUInt32BE(offset + 4),
      payload: message.subarray(start, start + payloadBytes),
    });
    offset = start + payloadBytes;
  }
}

function toFrameType(byte: number | undefined): FrameType {
  if (byte === undefined || byte < frameTypes.request || byte > highestType) throw violation('unknown frame type');
  // The types are the whole numbers from 1 to the highest, checked the line above.
  return byte as FrameType;
}

function toIsEnd(byte: number | undefined): boolean {
  if (byte !== 0 && byte !== endFlag) throw violation('unknown frame flags');
  return byte === endFlag;
}
