import type { DatabaseSync } from 'node:sqlite';

/** The part of `node:sqlite` that the program uses. SQL stays visible: statements are prepared beside the code that needs them. */
export type Database = Pick<DatabaseSync, 'prepare' | 'exec' | 'close' | 'isTransaction' | 'function'>;
