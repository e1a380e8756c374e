import { looksLikePlace } from '../privacy/suspect.ts';
import { daysBetween } from '../typed/date.ts';
import type { Finding } from './field.ts';
import { isShelter } from './model.ts';
import type { Model } from './model.ts';
import { supportTypes } from './model-events.ts';
import type { ModelPeriod, ModelStatus, ModelSupport } from './model-events.ts';
import { found, fundingIsPlain, onlyOne, partsFitIn } from './rule.ts';
import type { Rule } from './rule.ts';

/** The rules of models, their status and their figures. */

const peopleAddUp: Rule<Model> = (m, sound) => {
  if (!sound('board_total', 'board_female', 'members_total', 'members_male', 'members_female')) return [];
  const members = m.members_total ?? 0;
  return [
    ...found((m.board_female ?? 0) > (m.board_total ?? 0), {
      field: 'board_female',
      code: 'E_FEMALE_GT_TOTAL',
    }),
    ...found((m.members_male ?? 0) + (m.members_female ?? 0) !== members, {
      field: 'members_total',
      code: 'E_SUM_MISMATCH',
      n: members,
    }),
    ...found((m.board_total ?? 0) > members, {
      field: 'board_total',
      code: 'E_BOARD_GT_MEMBERS',
      n: members,
    }),
  ];
};

const foundedFirst: Rule<Model> = (m, sound) =>
  found(
    sound('decision_date', 'start_date') &&
      m.decision_date !== null &&
      m.start_date !== null &&
      m.start_date < m.decision_date,
    { field: 'start_date', code: 'W_START_BEFORE_DECISION' },
  );

/** Nothing that could lead to a shelter's door. */
const shelterIsHidden: Rule<Model> = (m) =>
  isShelter(m)
    ? [
        ...found(m.public_location !== null, { field: 'public_location', code: 'E_SHELTER_LOCATION' }),
        ...found(m.evidence.length > 0, { field: 'evidence', code: 'E_SHELTER_PHOTO' }),
        ...found(m.model_name !== null && looksLikePlace(m.model_name), {
          field: 'model_name',
          code: 'E_SHELTER_NAME',
        }),
      ]
    : [];

const onlyTheBest: Rule<Model> = (m) =>
  found(m.replicate_proposed === true && m.effectiveness !== 'tot', {
    field: 'replicate_proposed',
    code: 'E_NOT_TOP_RATED',
  });

export const modelRules: readonly Rule<Model>[] = [
  peopleAddUp,
  partsFitIn('members_total', ['staff_trained']),
  foundedFirst,
  shelterIsHidden,
  onlyTheBest,
];

export const modelStatusRules: readonly Rule<ModelStatus>[] = [
  ({ status_date }, sound, relatives) => {
    const start = (relatives?.parent as Model | null | undefined)?.start_date;
    return found(sound('status_date') && status_date !== null && start != null && status_date < start, {
      field: 'status_date',
      code: 'E_STATUS_BEFORE_START',
    });
  },
];

/** Figures of fewer days could tell of one person. */
export const shortestPeriod = 28;

const periodIsLong: Rule<ModelPeriod> = ({ from, to }, sound) => {
  if (!sound('from', 'to') || from === null || to === null) return [];
  const days = daysBetween(from, to) + 1;
  return [
    ...found(days < 1, { field: 'to', code: 'E_DATE_ORDER' }),
    ...found(days >= 1 && days < shortestPeriod, {
      field: 'to',
      code: 'E_PERIOD_SHORT',
      n: shortestPeriod,
    }),
  ];
};

const periodIsAlone: Rule<ModelPeriod> = ({ from, to }, sound, relatives) => {
  if (relatives === undefined || !sound('from', 'to') || from === null || to === null) return [];
  const meets = (other: ModelPeriod): boolean => from <= (other.to ?? '') && (other.from ?? '') <= to;
  return found((relatives.siblings as readonly ModelPeriod[]).some(meets), {
    field: 'from',
    code: 'E_PERIOD_OVERLAP',
  });
};

export const modelPeriodRules: readonly Rule<ModelPeriod>[] = [
  periodIsLong,
  periodIsAlone,
  ({ attendance_total, attendance_female }, sound) =>
    found(
      sound('attendance_total', 'attendance_female') && (attendance_female ?? 0) > (attendance_total ?? 0),
      { field: 'attendance_female', code: 'E_FEMALE_GT_TOTAL' },
    ),
  ({ from }, sound, relatives) => {
    const start = (relatives?.parent as Model | null | undefined)?.start_date;
    return found(sound('from') && from !== null && start != null && from < start, {
      field: 'from',
      code: 'W_PERIOD_BEFORE_START',
    });
  },
  fundingIsPlain,
];

/** One person may get several kinds of support, so their sum is not less than the persons; none without a person. */
const supportHasPersons: Rule<ModelSupport> = (s, sound): Finding[] => {
  if (!sound('persons_supported', ...supportTypes)) return [];
  const persons = s.persons_supported ?? 0;
  const given = supportTypes.reduce((sum, name) => sum + (s[name] ?? 0), 0);
  return [
    ...found(persons === 0 && given > 0, { field: 'persons_supported', code: 'E_SUPPORT_NO_PERSON' }),
    ...found(persons > 0 && given < persons, {
      field: 'persons_supported',
      code: 'E_SUPPORT_FEW',
      n: given,
    }),
  ];
};

export const modelSupportRules: readonly Rule<ModelSupport>[] = [
  supportHasPersons,
  partsFitIn('persons_supported', ['persons_female', 'persons_under16']),
  onlyOne('period'),
];
