import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { loadNetwork, session } from '../session.ts';
import { useStored } from '../stored.ts';
import { more } from '../text/words.ts';

type Shown = { readonly url: string | null };

/** A photo of a record: from this phone, or from the server where this phone never had it. */
export const PhotoView = ({
  sha256,
  alt,
  record,
}: {
  sha256: string;
  alt: string;
  record?: string;
}): JSX.Element => {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let live = true;
    const show = async (): Promise<void> => {
      const [{ device }, { readPhoto }] = await Promise.all([session(), loadNetwork()]);
      const photo = await readPhoto(device, sha256, record);
      if (!live) return;
      url = photo === null ? null : URL.createObjectURL(new Blob([photo], { type: 'image/jpeg' }));
      setShown({ url });
    };
    void show().catch(() => live && setShown({ url: null }));
    return () => {
      live = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [sha256]);
  const lane = useStored(({ device, engine }) => engine.photoLane(device, sha256), `lane-${sha256}`).value;
  const w = more.value.form.photo;
  if (shown === null) return <span class="photo skeleton" aria-hidden="true" />;
  if (shown.url === null) return <span class="photo missing">{w.notHere}</span>;
  return (
    <figure class="photo-frame">
      <a href={shown.url} target="_blank" rel="noreferrer">
        <img class="photo" src={shown.url} alt={alt} loading="lazy" />
      </a>
      {lane != null && <figcaption class="quiet">{w[lane]}</figcaption>}
    </figure>
  );
};
