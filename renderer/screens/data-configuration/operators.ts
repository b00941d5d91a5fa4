import type { DynamicsColumnKind } from '../../../shared/field-pairs.ts';
import type { ConditionOperator } from '../../../shared/settings.ts';

export const operatorNames = {
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

const emptiness: readonly ConditionOperator[] = ['isEmpty', 'isNotEmpty'];
const textual: readonly ConditionOperator[] = ['equals', 'notEquals', 'contains', 'startsWith', 'endsWith', 'isAnyOf', ...emptiness];
const numeric: readonly ConditionOperator[] = ['equals', 'notEquals', 'greaterThan', 'lessThan', ...emptiness];

/** The comparisons that make sense for a column of each kind; the first is offered first. */
export const operatorsOf: Readonly<Record<DynamicsColumnKind, readonly ConditionOperator[]>> = {
  text: textual,
  multilineText: ['contains', ...emptiness],
  wholeNumber: numeric,
  bigInteger: numeric,
  decimal: numeric,
  float: numeric,
  money: numeric,
  twoOptions: ['equals'],
  dateTime: ['onOrAfter', 'onOrBefore', ...emptiness],
  choice: ['equals', 'notEquals', 'isAnyOf', ...emptiness],
  choices: emptiness,
  lookup: emptiness,
};
