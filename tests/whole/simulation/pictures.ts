import sharp from 'sharp';
import { diceOf } from './dice.ts';

const [width, height] = [48, 36];

/** A few small pictures, the same ones each time. */
export const pictures: Promise<readonly Uint8Array<ArrayBuffer>[]> = Promise.all(
  [1, 2, 3, 4, 5, 6, 7, 8].map(async (seed) => {
    const dice = diceOf(seed);
    const pixels = Uint8Array.from({ length: width * height * 3 }, () => dice.below(256));
    const raw = { width, height, channels: 3 } as const;
    return new Uint8Array(await sharp(pixels, { raw }).jpeg({ quality: 60 }).toBuffer());
  }),
);
