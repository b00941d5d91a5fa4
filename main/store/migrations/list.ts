import type { Migration } from '../migrate.ts';
import { foundation } from './0001-foundation.ts';

/** All steps, oldest first. Only ever appended to. */
export const migrations: readonly Migration[] = [foundation];
