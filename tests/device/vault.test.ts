import { expect, test } from 'vitest';
import { newDeviceKey, newPersonKey, unwrapKey, wrapKey } from '../../src/device/vault/keys.ts';
import { seal, unseal } from '../../src/device/vault/seal.ts';

test('a box opens with its key and its label', async () => {
  const key = await newPersonKey();
  expect(await unseal(key, 'record|1', await seal(key, 'record|1', { a: 'Đức' }))).toEqual({ a: 'Đức' });
});

test('a box moved to another row, or opened with another key, does not open', async () => {
  const key = await newPersonKey();
  const box = await seal(key, 'record|1', 'x');
  await expect(unseal(key, 'record|2', box)).rejects.toThrow();
  await expect(unseal(await newPersonKey(), 'record|1', box)).rejects.toThrow();
});

test('no two boxes of the same words are alike', async () => {
  const key = await newPersonKey();
  expect(await seal(key, 'a', 'x')).not.toEqual(await seal(key, 'a', 'x'));
});

test('a wrapped key opens what it sealed and cannot be exported', async () => {
  const [device, person] = [await newDeviceKey(), await newPersonKey()];
  const box = await seal(person, 'a', 'x');
  const key = await unwrapKey(device, await wrapKey(device, person));
  expect(await unseal(key, 'a', box)).toBe('x');
  expect(key.extractable).toBe(false);
  expect(device.extractable).toBe(false);
});
