/**
 * Photos: `/api/v1/blobs/<sha256>?record=<id>`. HEAD tells how much of it the server has, PUT goes on from there with
 * the bytes that are missing, GET reads it. The headers are those of the IETF's resumable uploads.
 */
export const blobPath = (sha256: string, record: string): string =>
  `/api/v1/blobs/${sha256}?record=${encodeURIComponent(record)}`;

/** How many bytes the server has, or from which byte a PUT goes on. */
export const offsetHeader = 'Upload-Offset';
/** How many bytes there are in all. */
export const lengthHeader = 'Upload-Length';
/** `?1` when the server has all of it. */
export const completeHeader = 'Upload-Complete';
