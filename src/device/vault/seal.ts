/**
 * Sealing: AES-GCM with a fresh 96-bit IV in front of the ciphertext. What a box is and whose it is goes in as
 * additional data, so that a box moved to another row does not open.
 */

export const ivLength = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type Box = Uint8Array<ArrayBuffer>;

export const seal = (key: CryptoKey, label: string, value: unknown): Promise<Box> =>
  sealBytes(key, label, encoder.encode(JSON.stringify(value)));

export const sealBytes = async (key: CryptoKey, label: string, plain: Box): Promise<Box> => {
  const iv = crypto.getRandomValues(new Uint8Array(ivLength));
  const cipher = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(label) },
    key,
    plain,
  );
  const box = new Uint8Array(ivLength + cipher.byteLength);
  box.set(iv);
  box.set(new Uint8Array(cipher), ivLength);
  return box;
};

/** Opens a box. Rejects when the key or the label is not the one it was sealed with. */
export const unseal = async <T>(key: CryptoKey, label: string, box: Box): Promise<T> =>
  JSON.parse(decoder.decode(await unsealBytes(key, label, box))) as T;

/** Like `unseal`, for what was sealed as bytes. */
export const unsealBytes = (key: CryptoKey, label: string, box: Box): Promise<ArrayBuffer> => {
  const iv = box.subarray(0, ivLength);
  return crypto.subtle.decrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(label) },
    key,
    box.subarray(ivLength),
  );
};
