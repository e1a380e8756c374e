import { vietnamDay } from '../../domain/typed/date.ts';
import { showDate } from '../../domain/typed/show.ts';

const pad = (n: number): string => String(n).padStart(2, '0');

/** A moment as people say it: 14:05 today, 14:05 15/11/2019 on another day. */
export const showTime = (iso: string, now: Date): string => {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const clock = new Date(time.getTime() + 7 * 3_600_000);
  const hour = `${pad(clock.getUTCHours())}:${pad(clock.getUTCMinutes())}`;
  const day = vietnamDay(time);
  return day === vietnamDay(now) ? hour : `${hour} ${showDate(day)}`;
};

/** A size of storage: 1,4 MB. */
export const showBytes = (bytes: number): string => {
  const mb = bytes / 1_048_576;
  return mb < 1 ? `${Math.ceil(bytes / 1024)} kB` : `${mb.toFixed(1).replace('.', ',')} MB`;
};
