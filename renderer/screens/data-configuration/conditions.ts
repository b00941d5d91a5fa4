import { isCalendarDate, parseMoment } from '../../../shared/date-text.ts';
import type { ColumnChoice } from '../../../shared/field-choices.ts';
import type { DynamicsColumnKind } from '../../../shared/field-pairs.ts';
import type { Condition } from '../../../shared/settings.ts';
import type { ConditionDraft } from './draft.ts';
import { canJudge } from './operators.ts';

/** What keeps a condition from being judged; `unfinished` while something is still to be entered. */
interface ConditionProblem {
  readonly unfinished: boolean;
  readonly message: string;
}

const unfinished = (message: string): ConditionProblem => ({ unfinished: true, message });
const wrong = (message: string): ConditionProblem => ({ unfinished: false, message });

export const takesNoValue = ({ operator }: Pick<ConditionDraft, 'operator'>): boolean =>
  operator === 'isEmpty' || operator === 'isNotEmpty';

const givenValues = ({ values }: ConditionDraft): string[] => values.map((value) => value.trim()).filter((value) => value !== '');

/** The option that a value stands for: a settings file may name it by its label. */
export const optionOf = ({ options }: ColumnChoice, value: string): ColumnChoice['options'][number] | undefined =>
  options.find((option) => String(option.value) === value) ?? options.find(({ label }) => label.toLowerCase() === value.toLowerCase());

/** @param column the one that the condition names; undefined where there is none. */
export function conditionProblem(condition: ConditionDraft, column: ColumnChoice | undefined): ConditionProblem | null {
  if (condition.field === null) return unfinished('Choose a column.');
  if (column === undefined) return wrong('This column is not in Dynamics any more. Choose another one, or remove the condition.');
  if (!canJudge(column.kind, condition.operator)) return wrong('This comparison does not fit the column. Choose another one.');
  if (takesNoValue(condition)) return null;
  const given = givenValues(condition);
  if (given.length === 0) return unfinished(column.options.length > 0 ? 'Choose a value.' : 'Enter a value.');
  return given.some((value) => typedValue(value, column) === null) ? wrong(expectations[column.kind] ?? 'This value does not fit.') : null;
}

const aNumber = 'Enter a number such as 1250.50, without separators for thousands.';
const anOption = 'This is none of the options any more. Choose another one.';
const expectations: Readonly<Partial<Record<DynamicsColumnKind, string>>> = {
  wholeNumber: aNumber,
  bigInteger: aNumber,
  decimal: aNumber,
  float: aNumber,
  money: aNumber,
  choice: anOption,
  twoOptions: anOption,
  dateTime: 'Enter a date.',
};

/** Of a condition in which `conditionProblem` found nothing. */
export function conditionOf(condition: ConditionDraft, column: ColumnChoice | undefined): Condition {
  const field = condition.field ?? '';
  const given = givenValues(condition).map((value) => (column === undefined ? value : (typedValue(value, column) ?? value)));
  const first = given[0] ?? '';
  const { operator } = condition;
  switch (operator) {
    case 'isEmpty':
    case 'isNotEmpty':
      return { field, operator };
    case 'isAnyOf':
      return { field, operator, value: given };
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return { field, operator, value: String(first) };
    case 'equals':
    case 'notEquals':
    case 'greaterThan':
    case 'lessThan':
    case 'onOrAfter':
    case 'onOrBefore':
      return { field, operator, value: first };
  }
}

/** `value` in the type that the column is compared in; null where it cannot be. */
function typedValue(value: string, column: ColumnChoice): string | number | boolean | null {
  switch (column.kind) {
    case 'wholeNumber':
    case 'bigInteger':
    case 'decimal':
    case 'float':
    case 'money':
      return Number.isFinite(Number(value)) ? Number(value) : null;
    case 'choice':
    case 'choices':
    case 'twoOptions':
      return optionOf(column, value)?.value ?? null;
    case 'dateTime':
      return isCalendarDate(value) || parseMoment(value) !== null ? value : null;
    case 'text':
    case 'multilineText':
    case 'lookup':
      return value;
  }
}
