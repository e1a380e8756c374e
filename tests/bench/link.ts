import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * An access link on which all connections of a client share one pipe in each direction: so many bits a second, then a
 * fixed delay. Opening a connection costs two round trips, as TCP and TLS 1.3 do. What is counted are the bytes of
 * HTTP; those of TCP and TLS are not added.
 */
export type LinkShape = { readonly rttMs: number; readonly kbits: number };

type Pipe = { bytes: number; freeAt: number };

export type Link = {
  readonly url: string;
  readonly up: () => number;
  readonly down: () => number;
  readonly shape: (shape: LinkShape) => void;
  /** Breaks every connection when so many more bytes have gone up, and stays dead for a while. */
  readonly cutAfter: (bytes: number, deadMs: number) => void;
  readonly close: () => void;
};

const segment = 1400;

export const openLink = async (port: number): Promise<Link> => {
  let shape: LinkShape = { rttMs: 0, kbits: 0 };
  const up: Pipe = { bytes: 0, freeAt: 0 };
  const down: Pipe = { bytes: 0, freeAt: 0 };
  let cutAt = Infinity;
  let deadMs = 0;
  let deadUntil = 0;
  const open = new Set<Socket>();

  /** Resolves when a segment has left the pipe; the sender waits for it, the receiver half a round trip more. */
  const carry = async (pipe: Pipe, bytes: number): Promise<void> => {
    const now = performance.now();
    const ms = shape.kbits === 0 ? 0 : (bytes * 8) / shape.kbits;
    pipe.freeAt = Math.max(now, pipe.freeAt) + ms;
    const wait = pipe.freeAt - now;
    if (wait > 0.5) await new Promise((resolve) => setTimeout(resolve, wait));
  };

  const pump = (from: Socket, to: Socket, pipe: Pipe, ready: Promise<void>): void => {
    let last: Promise<void> = ready;
    from.on('data', (chunk: Buffer) => {
      from.pause();
      last = last.then(async () => {
        for (let at = 0; at < chunk.length; at += segment) {
          const part = chunk.subarray(at, at + segment);
          await carry(pipe, part.length);
          pipe.bytes += part.length;
          setTimeout(() => to.destroyed || to.write(part), shape.rttMs / 2);
          if (pipe === up && pipe.bytes >= cutAt) return cut();
        }
        from.resume();
      });
    });
    from.on('end', () => void last.then(() => setTimeout(() => to.end(), shape.rttMs / 2)));
    from.on('close', () => setTimeout(() => to.destroy(), shape.rttMs + 50));
    from.on('error', () => to.destroy());
  };

  const cut = (): void => {
    cutAt = Infinity;
    deadUntil = performance.now() + deadMs;
    for (const socket of open) socket.destroy();
    up.freeAt = down.freeAt = 0;
  };

  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    if (performance.now() < deadUntil) return void near.destroy();
    const far = connect({ port, allowHalfOpen: true, noDelay: true });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    const ready = new Promise<void>((resolve) => setTimeout(resolve, 2 * shape.rttMs));
    pump(near, far, up, ready);
    pump(far, near, down, Promise.resolve());
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    up: () => up.bytes,
    down: () => down.bytes,
    shape: (next) => {
      shape = next;
    },
    cutAfter: (bytes, dead) => {
      cutAt = up.bytes + bytes;
      deadMs = dead;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
};
