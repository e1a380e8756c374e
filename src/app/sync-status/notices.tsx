import type { JSX } from 'preact';
import type { NoticeRow } from '../../device/store/store.ts';
import { isEmpty } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import { valueText } from '../record/field-value.tsx';
import { session } from '../session.ts';
import { useStored } from '../stored.ts';
import { findingsText, noticeText } from '../text/trouble-text.ts';
import { fieldLabel, more, words } from '../text/words.ts';

type Props = {
  readonly notices: readonly NoticeRow[];
  /** Records whose refused words wait in a draft. */
  readonly drafts: readonly string[];
  readonly linked?: boolean;
};

/** The words themselves, where no draft holds them: to be read, and copied by hand. */
const SentWords = ({ seq }: { seq: number }): JSX.Element | null => {
  const sent = useStored(({ device, engine }) => engine.readNoticeWords(device, seq), `words-${seq}`).value;
  if (sent == null) return null;
  if ('note' in sent)
    return (
      <details>
        <summary>{more.value.notices.words}</summary>
        <p>“{sent.note}”</p>
        {Object.entries(sent.remarks ?? {}).map(([name, text]) => (
          <p key={name}>
            {fieldLabel(name)}: {text}
          </p>
        ))}
      </details>
    );
  const { fields } = kinds[sent.kind];
  return (
    <details>
      <summary>{more.value.notices.words}</summary>
      {sent.answer !== undefined && <p>“{sent.answer}”</p>}
      <dl class="facts">
        {Object.entries(sent.patch).map(([name, value]) => {
          const field = fields[name];
          return field === undefined || isEmpty(value) || field.hidden ? null : (
            <div class="fact" key={name}>
              <dt>{fieldLabel(name, sent.kind)}</dt>
              <dd>{valueText(field, value)}</dd>
            </div>
          );
        })}
      </dl>
    </details>
  );
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
          {!drafts.includes(record) && <SentWords seq={seq} />}
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
