import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { more, words } from '../text/words.ts';
import { opensAny } from './standing.ts';

/**
 * A browser that cannot open its own database cannot delete it either, unless a server says so. With it goes what nobody
 * has sent yet, so that is said, and asked twice. Not kept on the phone, for it needs the network anyway.
 */
export const Clear = (): JSX.Element => {
  const [step, setStep] = useState<'offered' | 'asked' | 'busy'>('offered');
  const [problem, setProblem] = useState('');
  const no = useRef<HTMLButtonElement>(null);
  const w = more.value.signIn;
  useEffect(() => {
    if (step === 'asked') no.current?.focus();
  }, [step]);
  const clear = async (): Promise<void> => {
    setStep('busy');
    setProblem('');
    const isDone = await fetch('/api/v1/clear', { method: 'POST' }).then(
      async ({ ok }) => ok && (await opensAny()),
      () => null,
    );
    if (isDone) return location.replace('/');
    setProblem(isDone === null ? more.value.settings.needNetwork : w.clearByHand);
    setStep('offered');
  };
  return (
    <section class="card stack">
      <p>{w.clearHint}</p>
      <div class="actions">
        {step === 'offered' ? (
          <button type="button" class="button plain" onClick={() => setStep('asked')}>
            {w.clear}
          </button>
        ) : (
          <>
            <button
              type="button"
              class="button plain"
              ref={no}
              disabled={step === 'busy'}
              onClick={() => setStep('offered')}
            >
              {words.value.common.cancel}
            </button>
            <button type="button" class="button" disabled={step === 'busy'} onClick={() => void clear()}>
              {words.value.common.remove}
            </button>
          </>
        )}
      </div>
      {problem !== '' && (
        <p class="note bad" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
};
