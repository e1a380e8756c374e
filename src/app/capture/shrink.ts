import { mostPhotoBytes, mostPhotoSide } from '../../domain/records/photo.ts';

/**
 * Draws a picture anew, at most so large and so heavy, as JPEG. What is not a pixel (the place, the time, the phone)
 * is not drawn and so is gone. Null when the browser cannot read the file as a picture.
 */
export const shrink = async (file: Blob): Promise<Uint8Array<ArrayBuffer> | null> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null) return null;
  try {
    let side = Math.min(mostPhotoSide, Math.max(picture.width, picture.height));
    for (;;) {
      for (const quality of [0.82, 0.7, 0.58, 0.46]) {
        const blob = await draw(picture, side, quality);
        if (blob.size <= mostPhotoBytes) return new Uint8Array(await blob.arrayBuffer());
      }
      side = Math.round(side * 0.8);
    }
  } finally {
    picture.close();
  }
};

const draw = (picture: ImageBitmap, side: number, quality: number): Promise<Blob> => {
  const scale = side / Math.max(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('the browser cannot draw');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the browser cannot draw')) : resolve(blob)),
      'image/jpeg',
      quality,
    ),
  );
};
