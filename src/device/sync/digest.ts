import { digestLength } from '../../protocol/sorted-json.ts';

/** As the server makes it: by it the two tell whether they speak of the same. */
export const digestOfText = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').slice(0, digestLength);
};
