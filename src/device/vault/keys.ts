/**
 * Each person's store has a key of her own, wrapped by the phone's key. The phone's key cannot be exported, but its
 * bytes lie in the browser's files: until the PIN wraps the person's key, this keeps out the curious, not a thief.
 */

export const newDeviceKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-KW', length: 256 }, false, ['wrapKey', 'unwrapKey']);

export const newPersonKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);

export const wrapKey = (deviceKey: CryptoKey, key: CryptoKey): Promise<ArrayBuffer> =>
  crypto.subtle.wrapKey('raw', key, deviceKey, 'AES-KW');

/** The person's key, ready to use and no longer exportable. */
export const unwrapKey = (deviceKey: CryptoKey, wrapped: ArrayBuffer): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey('raw', wrapped, deviceKey, 'AES-KW', 'AES-GCM', false, ['encrypt', 'decrypt']);
