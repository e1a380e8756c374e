import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { mostPhotoBytes, mostPhotoSide } from '../../domain/records/photo.ts';

/**
 * Photos on the disk. What has arrived of one lies in a .part file, so that a cut upload goes on where it stopped; when
 * it is whole and is what it says it is, it is drawn anew, which leaves nothing but pixels, and renamed into place.
 */
export type PhotoStore = {
  /** How many bytes there are of a photo, and whether it is whole. */
  readonly offset: (name: string) => Promise<{ offset: number; complete: boolean }>;
  /** Appends from a byte on; what came before a cut, or before `stop`, is kept. */
  readonly append: (
    name: string,
    offset: number,
    body: AsyncIterable<Uint8Array>,
    stop: AbortSignal,
  ) => Promise<void>;
  /** Makes what has arrived a photo. `other`: it is not what it is called; `none`: it is no picture. Neither is kept. */
  readonly finish: (name: string, sha256: string) => Promise<'photo' | 'other' | 'none'>;
  readonly read: (name: string) => Promise<Buffer | null>;
};

// JPEG is what phones send; every other decoder is a way in. Small pictures, one at a time: the server stays small.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg'] });
sharp.cache(false);
sharp.concurrency(1);

export const photoStore = (dataDir: string): PhotoStore => {
  const dir = join(dataDir, 'photos');
  mkdirSync(dir, { recursive: true });
  const part = (name: string): string => join(dir, `${name}.part`);
  const whole = (name: string): string => join(dir, `${name}.jpg`);
  const sizeOf = (path: string): Promise<number> =>
    stat(path).then(
      ({ size }) => size,
      () => 0,
    );
  return {
    offset: async (name) => {
      const complete = existsSync(whole(name));
      return { complete, offset: complete ? 0 : await sizeOf(part(name)) };
    },
    append: async (name, offset, body, stop) => {
      const file = await open(part(name), offset === 0 ? 'w' : 'r+');
      let at = offset;
      try {
        for await (const chunk of until(body, stop)) {
          if (at + chunk.byteLength > mostPhotoBytes) break;
          await file.write(chunk, 0, chunk.byteLength, at);
          at += chunk.byteLength;
        }
      } catch {
        // The link was cut: the phone asks how far it came and goes on from there.
      } finally {
        await file.sync();
        await file.close();
      }
    },
    finish: async (name, sha256) => {
      const arrived = await readFile(part(name));
      await rm(part(name), { force: true });
      if (createHash('sha256').update(arrived).digest('hex') !== sha256) return 'other';
      const drawn = await inTurn(() => redraw(arrived));
      if (drawn === null) return 'none';
      const fresh = `${whole(name)}.new`;
      const file = await open(fresh, 'w');
      await file.writeFile(drawn);
      await file.sync();
      await file.close();
      await rename(fresh, whole(name));
      // Only then is the new name on the disk, too.
      const folder = await open(dir, 'r');
      await folder.sync();
      await folder.close();
      return 'photo';
    },
    read: (name) => readFile(whole(name)).catch(() => null),
  };
};

/** No byte for so long and the upload is over; the phone comes again. */
const idleMs = 30_000;

/** What comes of a body until it is told to stop or nothing comes any more. */
async function* until(body: AsyncIterable<Uint8Array>, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([source.next(), silence(stop)]);
    if (next.done === true) return;
    yield next.value;
  }
}

const silence = (stop: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = (): void => reject(new Error('nothing comes any more'));
    if (stop.aborted) give();
    stop.addEventListener('abort', give, { once: true });
    setTimeout(give, idleMs).unref();
  });

let turn: Promise<unknown> = Promise.resolve();

const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
  const mine = turn.then(run);
  turn = mine.catch(() => undefined);
  return mine;
};

/** A little more than the largest that a phone sends, and never long at work. */
const mostPixels = 2 * mostPhotoSide * mostPhotoSide;
const mostSeconds = 10;

/** The picture drawn anew without anything that is not a pixel; null when it is none. */
const redraw = async (arrived: Buffer): Promise<Buffer | null> => {
  try {
    const { data, info } = await sharp(arrived, { limitInputPixels: mostPixels })
      .timeout({ seconds: mostSeconds })
      .autoOrient()
      .resize(mostPhotoSide, mostPhotoSide, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const quality of [82, 70, 58, 46]) {
      const { width, height, channels } = info;
      const drawn = await sharp(data, { raw: { width, height, channels } }).jpeg({ quality }).toBuffer();
      if (drawn.byteLength <= mostPhotoBytes) return drawn;
    }
    return null;
  } catch {
    return null;
  }
};
