import type { Config } from './config.ts';
import { demoPeople } from './demo/load.ts';

/** What is printed when the server is up: where it is, who may sign in, how a phone gets there. */
export const welcome = ({ publicUrl, production }: Config, port: number, demo: boolean): string => {
  const address = publicUrl ?? `http://localhost:${port}`;
  return [
    '',
    `  Bình Đẳng is running: ${address}`,
    ...(demo ? ['', '  Demo accounts (login, PIN):', ...demoPeople.map(accountLine)] : []),
    ...(production && !demo ? ['', '  First time? Set up the province with: npm run admin -- init'] : []),
    '',
    ...(publicUrl?.startsWith('https://')
      ? [`  On a phone, open ${publicUrl} in Chrome and choose "Install app".`]
      : [
          '  On a phone the app needs HTTPS to work offline. Either put it behind an HTTPS address and set PUBLIC_URL,',
          `  or connect the phone by USB, open chrome://inspect here, forward port ${port}, and open http://localhost:${port} on the phone.`,
        ]),
    '',
  ].join('\n');
};

const accountLine = ({ login, pin, name }: (typeof demoPeople)[number]): string =>
  `    ${login.padEnd(12)} ${pin}   ${name}`;
