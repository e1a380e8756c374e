import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
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
  readonly offset: (sha256: string) => Promise<{ offset: number; complete: boolean }>;
  /** Appends from a byte on; what came before a cut is kept. */
  readonly append: (sha256: string, offset: number, body: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Turns what has arrived into a photo; false, and nothing is kept, when it is no picture or another one. */
  readonly finish: (sha256: string) => Promise<boolean>;
  readonly read: (sha256: string) => Promise<Buffer | null>;
};

// Small pictures, one at a time: the server must stay small itself.
sharp.cache(false);
sharp.concurrency(1);

export const photoStore = (dataDir: string): PhotoStore => {
  const dir = join(dataDir, 'photos');
  mkdirSync(dir, { recursive: true });
  const part = (sha256: string): string => join(dir, `${sha256}.part`);
  const whole = (sha256: string): string => join(dir, `${sha256}.jpg`);
  const sizeOf = (path: string): Promise<number> =>
    stat(path).then(
      ({ size }) => size,
      () => 0,
    );
  return {
    offset: async (sha256) => {
      const complete = existsSync(whole(sha256));
      return { complete, offset: complete ? 0 : await sizeOf(part(sha256)) };
    },
    append: async (sha256, offset, body) => {
      const file = await open(part(sha256), offset === 0 ? 'w' : 'r+');
      let at = offset;
      try {
        for await (const chunk of body) {
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
    finish: async (sha256) => {
      const drawn = await redraw(part(sha256), sha256);
      if (drawn !== null) {
        const fresh = `${whole(sha256)}.new`;
        const file = await open(fresh, 'w');
        await file.writeFile(drawn);
        await file.sync();
        await file.close();
        await rename(fresh, whole(sha256));
        // Only then is the new name on the disk, too.
        const folder = await open(dir, 'r');
        await folder.sync();
        await folder.close();
      }
      await rm(part(sha256), { force: true });
      return drawn !== null;
    },
    read: (sha256) => readFile(whole(sha256)).catch(() => null),
  };
};

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** The picture drawn anew without anything that is not a pixel; null when it is none or not the one it is called. */
const redraw = async (path: string, sha256: string): Promise<Buffer | null> => {
  if ((await digestOf(path)) !== sha256) return null;
  for (const quality of [82, 70, 58, 46]) {
    const drawn = await sharp(path, { limitInputPixels: 40_000_000 })
      .autoOrient()
      .resize(mostPhotoSide, mostPhotoSide, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer()
      .catch(() => null);
    if (drawn === null) return null;
    if (drawn.byteLength <= mostPhotoBytes) return drawn;
  }
  return null;
};
