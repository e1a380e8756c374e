import type { Finding } from '../../domain/records/field.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { isFullDisk } from '../full-disk.ts';
import { findingText } from './finding-text.ts';
import { fieldLabel, fill, more, words } from './words.ts';

/** What the server, or the phone's own judgement, says of a change that it did not take. */
export const noticeText = (code: string): string =>
  (more.value.notices as Readonly<Record<string, string>>)[code] ?? fill(more.value.notices.other, { code });

export const findingsText = (findings: readonly Finding[], kind?: Kind): string =>
  findings.map((finding) => `${fieldLabel(finding.field, kind)}: ${findingText(finding)}`).join('. ');

/** Why something was not saved, in the person's words; nothing of what she wrote is lost by it. */
export const troubleText = (error: unknown): string => {
  const { code, findings } = error as { code?: string; findings?: readonly Finding[] };
  if (isFullDisk(error)) return more.value.form.full;
  if (findings === undefined || code === undefined) return words.value.signIn.failed;
  return findings.length > 0 ? findingsText(findings) : noticeText(code);
};
