import { useEffect, useState } from 'preact/hooks';
import { session } from './session.ts';

/** A refusal by the server: its code and which field it is about ('' when none). */
export class Refused extends Error {
  readonly code: string;
  readonly field: string;
  constructor(code: string, field: string) {
    super(code);
    this.code = code;
    this.field = field;
  }
}

/** Asks the server as the person who is signed in, on this phone; throws `Refused`, or whatever else when no answer came. */
export const call = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
  const { device, engine } = await session();
  const keys = await engine.readSealedMeta(device, 'keys');
  const response = await fetch(`/api/v1/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${keys?.session ?? ''}`,
      'X-Writer': keys?.credential ?? '',
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T & { code?: string; details?: { field?: string; at?: string } };
  if (!response.ok) throw new Refused(answer.code ?? '', answer.details?.field ?? answer.details?.at ?? '');
  return answer;
};

/** What the server answers to a question, asked while `path` is not null; null until it has, and where it cannot. */
export const useAnswer = <T>(path: string | null): T | null => {
  const [answer, setAnswer] = useState<{ readonly path: string; readonly value: T } | null>(null);
  useEffect(() => {
    if (path === null) return;
    let live = true;
    void call<T>('GET', path).then(
      (value) => live && setAnswer({ path, value }),
      () => undefined,
    );
    return () => {
      live = false;
    };
  }, [path]);
  return answer?.path === path ? answer.value : null;
};
