import type { Migration } from '../migrate.ts';
import { foundation } from './0001-foundation.ts';
import { sync } from './0002-sync.ts';
import { economy } from './0003-economy.ts';
import { people } from './0004-people.ts';
import { answers } from './0005-answers.ts';
import { automations } from './0006-automations.ts';
import { choices } from './0007-choices.ts';
import { newcomers } from './0008-newcomers.ts';
import { decisions } from './0009-decisions.ts';
import { halfMade } from './0010-half-made.ts';

/** All steps, oldest first. Only ever appended to. */
export const migrations: readonly Migration[] = [
  foundation,
  sync,
  economy,
  people,
  answers,
  automations,
  choices,
  newcomers,
  decisions,
  halfMade,
];
