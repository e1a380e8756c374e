import { BellRing, RefreshCw, TriangleAlert } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { daysBetween, vietnamDay } from '../../domain/typed/date.ts';
import type { Phones } from '../../protocol/phones.ts';
import { placesOf } from '../../device/scope.ts';
import type { Scope } from '../../protocol/scope.ts';
import { Refused, call } from '../call.ts';
import { now } from '../session.ts';
import { showTime } from '../text/time.ts';
import { fill, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { useOverview } from './sync-card.tsx';
import { remind } from './remind.ts';
import '../ui/campaign.css';

type Phone = Phones[number];

/** A phone that has not been heard of for so long is worth a call. */
const silentDays = 7;

/** Which phones of her units are silent, run an old version, or had something refused; and what she can do. */
export const PhonesScreen = (): JSX.Element => {
  const [phones, setPhones] = useState<Phones | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const scope = useOverview()?.scope ?? null;
  const w = more.value.phones;
  const load = async (): Promise<void> => {
    setProblem(null);
    try {
      setPhones((await call<{ phones: Phones }>('GET', 'phones')).phones);
    } catch (error) {
      setProblem(error instanceof Refused ? more.value.signIn.again : more.value.settings.needNetwork);
    }
  };
  useEffect(() => void load(), []);
  return (
    <div class="page">
      <h1>{w.title}</h1>
      <p class="hint">{w.hint}</p>
      {problem !== null && (
        <div class="note warn" role="alert">
          <p>{problem}</p>
          <div class="actions">
            <button type="button" class="button small plain" onClick={() => void load()}>
              <Icon of={RefreshCw} size={18} /> {words.value.common.retry}
            </button>
          </div>
        </div>
      )}
      {phones === null && problem === null && <p class="empty">{words.value.common.loading}</p>}
      {phones?.length === 0 && <p class="empty">{w.none}</p>}
      {phones !== null && scope !== null && phones.length > 0 && (
        <section class="card">
          <ul class="call-list">
            {phones.map((phone) => (
              <PhoneRow key={phone.writer} phone={phone} scope={scope} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
};

const PhoneRow = ({ phone, scope }: { phone: Phone; scope: Scope }): JSX.Element => {
  const w = more.value.phones;
  const { name, unit, lastContact, old, refused } = phone;
  const unitName = placesOf(scope).tree.get(unit)?.name ?? unit;
  const today = vietnamDay(now());
  const isSilent =
    lastContact === null || daysBetween(vietnamDay(new Date(lastContact)), today) >= silentDays;
  const troubles = [
    ...(isSilent ? [w.silent] : []),
    ...(old ? [w.old] : []),
    ...(refused > 0 ? [fill(w.refused, { n: refused })] : []),
  ];
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <span class="quiet">
          {unitName} · {lastContact === null ? w.never : fill(w.last, { time: showTime(lastContact, now()) })}
        </span>
        {troubles.map((text) => (
          <span key={text} class="message warning">
            <Icon of={TriangleAlert} size={16} /> {text}
          </span>
        ))}
      </span>
      {troubles.length > 0 && (
        <button
          type="button"
          class="button plain small"
          aria-label={fill(w.remindOne, { name })}
          onClick={() => void remind([fill(w.message, { unit: unitName }), ...troubles].join(' '))}
        >
          <Icon of={BellRing} size={18} /> {more.value.board.remind}
        </button>
      )}
    </li>
  );
};
