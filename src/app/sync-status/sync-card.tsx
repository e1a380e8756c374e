import { CloudOff, CloudUpload, FileCheck, LoaderCircle, TriangleAlert } from 'lucide';
import type { JSX } from 'preact';
import type { Overview } from '../../device/read.ts';
import { now, syncing } from '../session.ts';
import { useStored } from '../stored.ts';
import { showTime } from '../text/time.ts';
import { capitalised, fill, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { waitText } from './receiver.ts';

export const useOverview = (): Overview | undefined =>
  useStored(({ device, engine }) => engine.readOverview(device), 'overview').value;

/** What has reached the office and what has not, in one line that is always in sight. */
export const SyncCard = ({ overview }: { overview: Overview | undefined }): JSX.Element => {
  const w = more.value.sync;
  if (overview === undefined) return <div class="sync-card quiet" aria-hidden="true" />;
  const { status, photos } = overview;
  const forHer = overview.notices.length + overview.conflicts.length;
  const waiting = overview.waiting + photos;
  const needsHer = status.reason === 'signIn' || status.reason === 'forked';
  const tone =
    forHer > 0 || status.reason === 'forked' ? 'bad' : waiting > 0 ? 'waiting' : needsHer ? 'bad' : 'good';
  const icon = syncing.value
    ? LoaderCircle
    : tone === 'bad'
      ? TriangleAlert
      : waiting === 0
        ? FileCheck
        : status.reason === 'offline' || !navigator.onLine
          ? CloudOff
          : CloudUpload;
  return (
    <a class={`sync-card ${tone} ${syncing.value ? 'is-syncing' : ''}`} href="/dong-bo">
      <Icon of={icon} size={24} />
      <span class="sync-card-text">
        <strong>
          {overview.waiting > 0
            ? fill(w.unsent, { n: overview.waiting })
            : photos > 0
              ? fill(w.unsentPhotos, { n: photos })
              : forHer > 0 || status.reason === 'forked'
                ? w.needsYou
                : w.allReceived}
        </strong>
        <span>{secondLine(overview)}</span>
      </span>
      {forHer > 0 && <span class="badge sync-needsYou">{`${w.needsYou} (${forHer})`}</span>}
    </a>
  );
};

const secondLine = ({ waiting, oldest, status }: Overview): string => {
  const w = more.value.sync;
  if (syncing.value) return w.sending;
  if (waiting > 0 && oldest !== null)
    return `${capitalised(waitText(status.reason))} · ${fill(w.oldest, { time: showTime(oldest, now()) })}`;
  if (status.reason === 'signIn' || status.reason === 'forked') return capitalised(waitText(status.reason));
  if (!navigator.onLine) return w.offline;
  return status.lastContact === null ? w.never : fill(w.last, { time: showTime(status.lastContact, now()) });
};
