/** Waits for the next text message of a handshake, for both sides. */
import type { WebSocket } from 'ws';
import { GatewayError } from '../errors/index.ts';
import type { Clock } from '../timing/index.ts';
import { handshakeTimeoutMs } from './limits.ts';

/** Throws CONNECTION_LOST when none comes in time, PROTOCOL_VIOLATION for a binary one. */
export function nextHandshakeMessage(socket: WebSocket, clock: Clock): Promise<string> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      cancelTimer();
      socket.off('message', onMessage);
      socket.off('close', onClose);
      settle();
    };
    const onMessage = (message: unknown, isBinary: boolean): void =>
      finish(() =>
        isBinary || !Buffer.isBuffer(message)
          ? reject(new GatewayError('PROTOCOL_VIOLATION', { reason: 'frames before the handshake' }))
          : resolve(message.toString('utf8')),
      );
    const onClose = (): void => finish(() => reject(new GatewayError('CONNECTION_LOST')));
    const cancelTimer = clock.after(handshakeTimeoutMs, onClose);
    socket.on('message', onMessage);
    socket.on('close', onClose);
  });
}
