import { FileHeart } from 'lucide';
import type { JSX } from 'preact';
import { useStored } from '../stored.ts';
import { recordTitle } from '../text/record-title.ts';
import { Icon } from '../ui/icon.tsx';

/** Which model a status or figures are about, with the way there. */
export const OfModel = ({ id }: { id: unknown }): JSX.Element | null => {
  const model = useStored(
    async ({ device, engine }) => (typeof id === 'string' ? engine.readRecord(device, id) : null),
    `of-${String(id)}`,
  ).value;
  if (model == null) return null;
  return (
    <p class="of-model">
      <Icon of={FileHeart} size={18} />{' '}
      <a href={`/nhat-ky/${model.record.id}`}>{recordTitle(model.record)}</a>
    </p>
  );
};
