/**
 * Sealing: AES-GCM with a fresh 96-bit IV in front of the ciphertext. What a box is and whose it is goes in as
 * additional data, so that a box moved to another row does not open.
 */

const ivLength = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type Box = Uint8Array<ArrayBuffer>;

export const seal = async (key: CryptoKey, label: string, value: unknown): Promise<Box> => {
  const iv = crypto.getRandomValues(new Uint8Array(ivLength));
  const plain = encoder.encode(JSON.stringify(value));
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
export const unseal = async <T>(key: CryptoKey, label: string, box: Box): Promise<T> => {
  const iv = box.subarray(0, ivLength);
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(label) },
    key,
    box.subarray(ivLength),
  );
  return JSON.parse(decoder.decode(plain)) as T;
};
