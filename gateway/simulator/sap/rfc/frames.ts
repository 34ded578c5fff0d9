/**
 * The wire of the simulated RFC: frames of four bytes length (big endian) and so many bytes of JSON in UTF-8. It is made
 * up: SAP's own protocol is not public, and the stand-in of SAP's library speaks this one instead.
 *
 * Each request gets one answer, `{"ok": {...}}` or `{"error": {...}}` with the members of `RfcFailure`.
 *
 *   {"op": "logon", "parameters": {"client": "100", ...}}   ok: the attributes of the connection, and an instance
 *   {"op": "describe", "function": "..."}                   ok: its parameters and their structures (describe.ts)
 *   {"op": "invoke", "function": "...", "input": {...}, "skip": ["table that is not wanted"]}   ok: its output (values.ts)
 *   {"op": "ping"}, {"op": "reset"}
 *   {"op": "lookup", "systemId": "ERP", "group": "PUBLIC"}  to a message server; ok: host and systemNumber
 *   {"op": "route", "hops": [{"host", "service", "password"?}]}  to a SAProuter; ok: bytes go through from here on
 */
import type { Socket } from 'node:net';

/** More than any test sends, less than hurts. */
const maxFrameBytes = 256 * 1024 * 1024;

/** Cuts what arrives into frames, and says what was left over where a connection becomes something else. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  /** The frames that are complete now; undefined when the partner does not speak in frames. */
  take(chunk: Buffer): readonly Buffer[] | undefined {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const frames: Buffer[] = [];
    for (;;) {
      if (this.#size < 4) return frames;
      const length = this.#peekLength();
      if (length > maxFrameBytes) return undefined;
      if (this.#size < 4 + length) return frames;
      const all = Buffer.concat(this.#chunks);
      frames.push(all.subarray(4, 4 + length));
      this.#chunks = [all.subarray(4 + length)];
      this.#size = all.length - 4 - length;
    }
  }

  #peekLength(): number {
    const first = this.#chunks[0];
    if (first !== undefined && first.length >= 4) return first.readUInt32BE(0);
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all.readUInt32BE(0);
  }
}

/** Sends one frame. */
export function sendFrame(socket: Socket, content: string): void {
  if (socket.destroyed) return;
  const length = Buffer.byteLength(content);
  const frame = Buffer.allocUnsafe(4 + length);
  frame.writeUInt32BE(length, 0);
  frame.write(content, 4, 'utf8');
  socket.write(frame);
}
