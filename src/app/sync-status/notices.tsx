import type { JSX } from 'preact';
import type { NoticeRow } from '../../device/store/store.ts';
import { session } from '../session.ts';
import { findingsText, noticeText } from '../text/trouble-text.ts';
import { more, words } from '../text/words.ts';

type Props = {
  readonly notices: readonly NoticeRow[];
  /** Records whose refused words wait in a draft. */
  readonly drafts: readonly string[];
  readonly linked?: boolean;
};

/** What the server did not take, said in words, with the way on. */
export const Notices = ({ notices, drafts, linked = false }: Props): JSX.Element => {
  const seen = async (seq: number): Promise<void> => {
    const { device, engine } = await session();
    await engine.dismissNotice(device, seq);
  };
  return (
    <>
      {notices.map(({ seq, record, code, findings }) => (
        <div class="note bad" role="alert" key={seq}>
          <p>{noticeText(code)}</p>
          {findings.length > 0 && <p>{findingsText(findings)}</p>}
          <div class="actions">
            {drafts.includes(record) ? (
              <a class="button small" href={`/ghi/${record}`}>
                {more.value.notices.fix}
              </a>
            ) : (
              linked && (
                <a class="button small plain" href={`/nhat-ky/${record}`}>
                  {words.value.common.show}
                </a>
              )
            )}
            <button type="button" class="button small plain" onClick={() => void seen(seq)}>
              {more.value.notices.understood}
            </button>
          </div>
        </div>
      ))}
    </>
  );
};
