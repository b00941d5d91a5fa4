import type { DynamicsColumnKind } from '../../../shared/field-pairs.ts';
import type { ConditionOperator } from '../../../shared/settings.ts';

const names = {
  equals: 'is',
  notEquals: 'is not',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  greaterThan: 'is more than',
  lessThan: 'is less than',
  onOrAfter: 'is on or after',
  onOrBefore: 'is on or before',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
  isAnyOf: 'is any of',
} as const satisfies Record<ConditionOperator, string>;

const namesForDates: Partial<Record<ConditionOperator, string>> = {
  equals: 'is on',
  notEquals: 'is not on',
  greaterThan: 'is after',
  lessThan: 'is before',
};

export const operatorName = (operator: ConditionOperator, kind: DynamicsColumnKind | undefined): string =>
  (kind === 'dateTime' ? namesForDates[operator] : undefined) ?? names[operator];

const emptiness: readonly ConditionOperator[] = ['isEmpty', 'isNotEmpty'];
const textual: readonly ConditionOperator[] = ['equals', 'notEquals', 'contains', 'startsWith', 'endsWith', 'isAnyOf', ...emptiness];
const numeric: readonly ConditionOperator[] = ['equals', 'notEquals', 'greaterThan', 'lessThan', 'isAnyOf', ...emptiness];

/** The comparisons that a run can judge for a column of each kind; the first is offered first. */
export const operatorsOf: Readonly<Record<DynamicsColumnKind, readonly ConditionOperator[]>> = {
  text: textual,
  multilineText: ['contains', 'startsWith', 'endsWith', 'equals', 'notEquals', 'isAnyOf', ...emptiness],
  wholeNumber: numeric,
  bigInteger: numeric,
  decimal: numeric,
  float: numeric,
  money: numeric,
  twoOptions: ['equals', 'notEquals', ...emptiness],
  dateTime: ['onOrAfter', 'onOrBefore', 'equals', 'notEquals', 'greaterThan', 'lessThan', ...emptiness],
  choice: ['equals', 'notEquals', 'isAnyOf', ...emptiness],
  choices: emptiness,
  lookup: emptiness,
};

/** What a run can judge and nobody is offered, since hardly anybody means it; a settings file may have it. */
const unusual: Readonly<Partial<Record<DynamicsColumnKind, readonly ConditionOperator[]>>> = {
  twoOptions: ['isAnyOf'],
  dateTime: ['isAnyOf'],
  choice: ['greaterThan', 'lessThan'],
};

export const canJudge = (kind: DynamicsColumnKind, operator: ConditionOperator): boolean =>
  operatorsOf[kind].includes(operator) || (unusual[kind]?.includes(operator) ?? false);
