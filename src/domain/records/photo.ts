/** A photo as evidence: at most so many pixels on its longer side, and so many bytes. */
export const mostPhotoSide = 1600;
export const mostPhotoBytes = 300_000;
