import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { readSealedMeta } from '../../src/device/device.ts';
import { keepDraft, newRecordId, readDrafts } from '../../src/device/drafts.ts';
import { keepPhoto, photoLane, readPhoto, sendPhotos } from '../../src/device/photos.ts';
import type { PhotoLink, PhotoReply } from '../../src/device/photos.ts';
import { save } from '../../src/device/save.ts';
import { touchDirectory } from '../../src/server/units/directory.ts';
import { blobPath, completeHeader, lengthHeader, offsetHeader } from '../../src/protocol/blob.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
let phone: TestPhone;
beforeEach(async () => {
  server = await testServer();
  phone = await testPhone(server, 'xa1');
});

/** A picture of noise, which no encoder makes small, with a place in its EXIF. */
const picture = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const jpeg = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 70 })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '18/1 20/1 0/1' } })
    .toBuffer();
  return new Uint8Array(jpeg);
};

type Wire = { sent: number; cutAfter: number };

/** The server behind a link that gives up after so many bytes. */
const linkTo = (wire: Wire): PhotoLink => {
  const replyOf = (response: Response): PhotoReply => {
    const offset = response.headers.get(offsetHeader);
    if (offset !== null)
      return { offset: Number(offset), complete: response.headers.get(completeHeader) === '?1' };
    if (response.status === 404) return { refused: 'record' };
    return response.status === 422 ? { refused: 'photo' } : { reason: 'server' };
  };
  const body = (bytes: Uint8Array): ReadableStream<Uint8Array> => {
    let at = 0;
    return new ReadableStream({
      pull: (stream) => {
        if (wire.sent >= wire.cutAfter) return stream.error(new Error('cut'));
        const chunk = bytes.subarray(at, at + Math.min(1000, wire.cutAfter - wire.sent));
        if (chunk.byteLength === 0) return stream.close();
        at += chunk.byteLength;
        wire.sent += chunk.byteLength;
        stream.enqueue(chunk);
      },
    });
  };
  const headers = (credential: string): Record<string, string> => ({ 'X-Writer': credential });
  return {
    offset: async (sha256, record, { credential }) =>
      replyOf(
        await server.app.request(blobPath(sha256, record), { method: 'HEAD', headers: headers(credential) }),
      ),
    put: async (sha256, record, bytes, offset, { credential }) => {
      const request = new Request(`http://localhost${blobPath(sha256, record)}`, {
        method: 'PUT',
        headers: {
          ...headers(credential),
          [offsetHeader]: String(offset),
          [lengthHeader]: String(offset + bytes.byteLength),
        },
        body: body(bytes),
        duplex: 'half',
      } as RequestInit);
      const response = await server.app.request(request);
      return wire.sent >= wire.cutAfter ? { reason: 'unreachable' } : replyOf(response);
    },
    get: async (sha256, record, { session }) => {
      const response = await server.app.request(blobPath(sha256, record), {
        headers: { Authorization: `Bearer ${session ?? ''}` },
      });
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    },
  };
};

const whole = (): Wire => ({ sent: 0, cutAfter: Infinity });

/** A submitted activity with one photo. */
const withPhoto = async (bytes: Uint8Array<ArrayBuffer>): Promise<{ id: string; sha256: string }> => {
  const id = await newRecordId(phone.device);
  const sha256 = await keepPhoto(phone.device, id, bytes);
  const evidence = [{ kind: 'photo', caption: null, sha256, consent: true }];
  const patch = activity({ evidence });
  await save(phone.device, id, { do: 'save', kind: 'activity', unit: phone.me.unit, patch });
  return { id, sha256 };
};

describe('a photo', () => {
  test('lies sealed on the phone and is read there without a network', async () => {
    const bytes = await picture();
    const { sha256 } = await withPhoto(bytes);
    const [row] = await phone.device.store.photo.toArray();
    expect(Buffer.from(row?.box ?? []).includes(Buffer.from(bytes.subarray(0, 64)))).toBe(false);
    const held = await readPhoto(phone.device, linkTo(whole()), sha256, undefined);
    expect(await photoLane(phone.device, sha256)).toBe('waiting');
    expect(Buffer.from(held ?? []).equals(Buffer.from(bytes))).toBe(true);
  });
  test('waits for its record’s words, then is sent, drawn anew and read by the reviewer', async () => {
    const { id, sha256 } = await withPhoto(await picture());
    const wire = whole();
    expect(await sendPhotos(phone.device, linkTo(wire))).toBeNull();
    expect(wire.sent).toBe(0);
    await phone.sync();
    expect(await sendPhotos(phone.device, linkTo(wire))).toBeNull();
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'received' }]);
    const officer = await testPhone(server, 'huyen1');
    const seen = await readPhoto(officer.device, linkTo(whole()), sha256, id);
    const { exif, width } = await sharp(seen ?? undefined).metadata();
    expect([exif, width]).toEqual([undefined, 640]);
    const stranger = await testPhone(server, 'xa2');
    expect(await readPhoto(stranger.device, linkTo(whole()), sha256, id)).toBeNull();
  });
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('cut at tenth %i goes on where it was cut', async (tenth) => {
    const bytes = await picture();
    await withPhoto(bytes);
    await phone.sync();
    const wire = { sent: 0, cutAfter: Math.floor((bytes.byteLength * tenth) / 10) };
    expect(await sendPhotos(phone.device, linkTo(wire))).toBe('unreachable');
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'waiting' }]);
    wire.cutAfter = Infinity;
    expect(await sendPhotos(phone.device, linkTo(wire))).toBeNull();
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'received' }]);
    expect(wire.sent - bytes.byteLength).toBeLessThan(bytes.byteLength / 10);
  });
  test('that is no picture is refused, and blocks no other', async () => {
    await withPhoto(new TextEncoder().encode('this is not a picture') as Uint8Array<ArrayBuffer>);
    await withPhoto(await picture());
    await phone.sync();
    expect(await sendPhotos(phone.device, linkTo(whole()))).toBeNull();
    const lanes = (await phone.device.store.photo.toArray()).map(({ lane }) => lane).sort();
    expect(lanes).toEqual(['received', 'refused']);
  });
  test('that no record names is neither taken by the server nor kept for ever', async () => {
    const id = await newRecordId(phone.device);
    const sha256 = await keepPhoto(phone.device, id, await picture());
    await keepDraft(phone.device, id, 'activity', { evidence: [{ sha256 }] });
    phone.setNow(new Date('2020-02-01'));
    await sendPhotos(phone.device, linkTo(whole()));
    expect(await phone.device.store.photo.count()).toBe(1);
    await phone.device.store.draft.clear();
    await sendPhotos(phone.device, linkTo(whole()));
    expect(await phone.device.store.photo.count()).toBe(1);
    phone.setNow(new Date('2020-02-03'));
    await sendPhotos(phone.device, linkTo(whole()));
    expect(await phone.device.store.photo.count()).toBe(0);
    const headers = { 'X-Writer': 'nobody' };
    expect((await server.app.request(blobPath(sha256, id), { method: 'HEAD', headers })).status).toBe(401);
  });
  test('that is named again is kept a whole day from when it is named no more', async () => {
    const id = await newRecordId(phone.device);
    const sha256 = await keepPhoto(phone.device, id, await picture());
    const at = async (day: string, evidence: object[] | null): Promise<number> => {
      phone.setNow(new Date(day));
      if (evidence === null) await phone.device.store.draft.clear();
      else await keepDraft(phone.device, id, 'activity', { evidence });
      await sendPhotos(phone.device, linkTo(whole()));
      return phone.device.store.photo.count();
    };
    expect(await at('2020-02-01', null)).toBe(1);
    expect(await at('2020-02-01', [{ sha256 }])).toBe(1);
    expect(await at('2020-02-05', null), 'she may have thrown the draft away a moment ago').toBe(1);
    expect(await at('2020-02-07', null)).toBe(0);
  });
  test('is handed in by its own people only, and opened by no other record that names it', async () => {
    const bytes = await picture();
    const { id, sha256 } = await withPhoto(bytes);
    await phone.sync();
    const put = async (who: TestPhone, body: string): Promise<number> => {
      const keys = await readSealedMeta(who.device, 'keys');
      const headers = { 'X-Writer': keys?.credential ?? '', [offsetHeader]: '0', [lengthHeader]: '9999' };
      return (await server.app.request(blobPath(sha256, id), { method: 'PUT', headers, body })).status;
    };
    expect(await put(await testPhone(server, 'tinh'), 'xyz')).toBe(404);
    expect(await put(phone, 'xyz')).toBe(204);
    // Bytes that went wrong on the way cost a second sending, not the photo.
    expect(await sendPhotos(phone.device, linkTo(whole()))).toBeNull();
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'received' }]);
    const thief = await testPhone(server, 'xa3');
    const evidence = [{ kind: 'photo', caption: null, sha256, consent: true }];
    const own = await thief.write(activity({ evidence }));
    await thief.sync();
    expect(await readPhoto(thief.device, linkTo(whole()), sha256, own)).toBeNull();
  });
  test.each([
    ['with nothing more to say', false],
    ['with words that are refused there', true],
  ])('whose author has left the unit, %s, is handed in and not read by her there', async (_what, edits) => {
    const { id, sha256 } = await withPhoto(await picture());
    await phone.sync();
    if (edits) await phone.edit(id, { title: 'Sửa trước khi chuyển xã' });
    await server.db.updateTable('account').set({ unit: 'c2' }).where('login', '=', 'xa1').execute();
    await touchDirectory(server.db);
    await phone.sync();
    await phone.sync();
    expect((await readDrafts(phone.device)).length).toBe(edits ? 1 : 0);
    expect(await phone.view(id), 'the record has gone from the phone').toBeNull();
    expect(await sendPhotos(phone.device, linkTo(whole()))).toBeNull();
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'received' }]);
    const officer = await testPhone(server, 'huyen1');
    expect(await readPhoto(officer.device, linkTo(whole()), sha256, id)).not.toBeNull();
    await phone.device.store.photo.clear();
    expect(await readPhoto(phone.device, linkTo(whole()), sha256, id)).toBeNull();
  });
  test('that she has taken out again is not sent, though the server still has its name', async () => {
    const { id } = await withPhoto(await picture());
    await phone.sync();
    await phone.edit(id, { evidence: [] });
    const wire = whole();
    expect(await sendPhotos(phone.device, linkTo(wire))).toBeNull();
    expect([wire.sent, await phone.device.store.photo.count()]).toEqual([0, 1]);
  });
  test('that she has taken out again is not sent either when she has left the unit, where that was refused', async () => {
    await withPhoto(await picture());
    await phone.sync();
    const [row] = await phone.device.store.record.toArray();
    await phone.edit(row?.id ?? '', { evidence: [] });
    await server.db.updateTable('account').set({ unit: 'c2' }).where('login', '=', 'xa1').execute();
    await touchDirectory(server.db);
    await phone.sync();
    await phone.sync();
    const wire = whole();
    await sendPhotos(phone.device, linkTo(wire));
    expect(wire.sent).toBe(0);
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'waiting' }]);
  });
  test('is handed in also when her session has ended, as her words are', async () => {
    await withPhoto(await picture());
    await server.db.deleteFrom('session').execute();
    phone.link.photos = linkTo(whole());
    expect(await phone.sync()).toBe(false);
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'received' }]);
  });
  test('that is a drawing, however small, is not drawn', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    await withPhoto(new TextEncoder().encode(svg) as Uint8Array<ArrayBuffer>);
    await phone.sync();
    expect(await sendPhotos(phone.device, linkTo(whole()))).toBeNull();
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'refused' }]);
  });
  test('whose upload hangs gives way to the next', async () => {
    const bytes = await picture();
    const { id, sha256 } = await withPhoto(bytes);
    await phone.sync();
    const keys = await readSealedMeta(phone.device, 'keys');
    const headers = {
      'X-Writer': keys?.credential ?? '',
      [offsetHeader]: '0',
      [lengthHeader]: String(bytes.byteLength),
    };
    const hangs = new ReadableStream({ start: (stream) => stream.enqueue(bytes.subarray(0, 100)) });
    const init = { method: 'PUT', headers, body: hangs, duplex: 'half' } as RequestInit;
    const first = server.app.request(new Request(`http://localhost${blobPath(sha256, id)}`, init));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await sendPhotos(phone.device, linkTo(whole()))).toBeNull();
    expect(await phone.device.store.photo.toArray()).toMatchObject([{ lane: 'received' }]);
    expect((await first).status).toBe(204);
  });
  test('on a shelter’s card is refused', async () => {
    const evidence = [{ kind: 'photo', caption: null, sha256: 'a'.repeat(64), consent: true }];
    const { shelter } = await import('../support/records.ts');
    const id = await newRecordId(phone.device);
    await expect(
      save(phone.device, id, {
        do: 'save',
        kind: 'model',
        unit: phone.me.unit,
        patch: shelter({ evidence }),
      }),
    ).rejects.toMatchObject({ findings: [{ code: 'E_SHELTER_PHOTO' }] });
  });
});
