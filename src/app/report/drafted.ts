import { figure, isWhole, sortOf, spent } from '../../domain/report/fact.ts';
import type { Fact } from '../../domain/report/fact.ts';
import { outlineOf } from '../../domain/report/outline.ts';
import { rowOf } from '../../domain/report/report.ts';
import type { Report } from '../../domain/report/report.ts';
import { labelOf, fill } from '../text/words.ts';
import { reportWords } from '../text/report-words.ts';

/** A first wording of a report’s parts from its records, to be mended by hand. */

const sum = (facts: readonly Fact[], of: (fact: Fact) => number): number =>
  facts.reduce((all, fact) => all + of(fact), 0);

const tellActivities = (facts: readonly Fact[]): string => {
  const w = reportWords.value.sentences;
  const documents = facts.filter((fact) => sortOf(fact, 'form') === 'ban_hanh_van_ban').length;
  const n = facts.length - documents;
  const of = (name: string): number => sum(facts, (fact) => figure(fact, name));
  const [sessions, people, broadcasts, posts] = [
    of('sessions_count'),
    of('participants_total'),
    of('broadcast_count'),
    of('posts_count'),
  ];
  const parts = [
    n === 0 ? '' : fill(w.activities, { n }),
    sessions === 0 ? '' : fill(w.sessions, { n: sessions }),
    people === 0
      ? ''
      : fill(w.attendances, {
          n: people,
          male: of('participants_male'),
          female: of('participants_female'),
          unknown: of('participants_unknown'),
        }),
    broadcasts === 0 ? '' : fill(w.broadcasts, { n: broadcasts }),
    posts === 0 ? '' : fill(w.posts, { n: posts }),
    documents === 0 ? '' : fill(w.documents, { n: documents }),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : sentence(parts.join(', '));
};

/** How many of each form, the most frequent first. */
const tellForms = (facts: readonly Fact[]): string => {
  const counts = new Map<string, number>();
  for (const fact of facts) {
    const form = sortOf(fact, 'form');
    if (form !== null && form !== 'ban_hanh_van_ban') counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  if (counts.size < 2) return '';
  const parts = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([form, n]) => `${lowerFirst(labelOf('activity_form', form))} (${n})`);
  return sentence(`${reportWords.value.sentences.among} ${parts.join(', ')}`);
};

const tellClasses = (facts: readonly Fact[]): string => {
  const classes = facts.filter((fact) => fact.kind === 'training' && isWhole(fact));
  if (classes.length === 0) return '';
  return sentence(
    fill(reportWords.value.sentences.classes, {
      n: classes.length,
      people: sum(classes, (fact) => figure(fact, 'participants_total')),
      female: sum(classes, (fact) => figure(fact, 'participants_female')),
    }),
  );
};

const lowerFirst = (text: string): string => `${text.charAt(0).toLocaleLowerCase('vi')}${text.slice(1)}`;

const sentence = (text: string): string => `${text.charAt(0).toLocaleUpperCase('vi')}${text.slice(1)}.`;

const tellMoney = (facts: readonly Fact[]): string => {
  const n = sum(facts, (fact) => spent(fact));
  return n === 0 ? '' : sentence(fill(reportWords.value.sentences.vnd, { n }));
};

const tellModels = (report: Report): string => {
  const total = rowOf(report, 'models', 'total')?.cells;
  const n = total?.['at_end'] ?? 0;
  if (n === 0) return '';
  return fill(reportWords.value.sentences.models, { n, founded: total?.['founded'] ?? 0 });
};

/** A wording for each part that tells of records; nothing for the parts that people write themselves. */
export const drafted = (report: Report, counted: readonly Fact[]): ReadonlyMap<string, string> => {
  const models = report.type === 'campaign' ? 'II.5' : 'II.3';
  const money = report.type === 'campaign' ? 'II.7' : 'II.4';
  return new Map(
    outlineOf(report.type).flatMap(({ code, of }): [string, string][] => {
      if (of === undefined) return [];
      const facts = counted.filter(of);
      const activities = facts.filter(({ kind }) => kind === 'activity');
      const told =
        code === money
          ? [tellMoney(facts)]
          : [
              tellActivities(activities),
              tellForms(activities),
              tellClasses(facts),
              code === models ? tellModels(report) : '',
            ];
      const text = told.filter((part) => part !== '').join(' ');
      // Where there are records of which no sentence tells, nothing is said rather than something wrong.
      if (text === '') return facts.length === 0 ? [[code, reportWords.value.sentences.none]] : [];
      return [[code, text]];
    }),
  );
};
