import { z } from 'zod';
import type { Database } from '../../main/store/database.ts';

const journalRow = z.object({
  service: z.enum(['activeCampaign', 'dynamics']),
  dynamics_id: z.string(),
  person_id: z.number().nullable(),
  field: z.string(),
  old_value: z.string(),
  rule: z.string(),
});
/** What the program says that it wrote over. */
export type Written = z.infer<typeof journalRow>;

/** Every entry, oldest first. */
export const readJournal = (database: Database): readonly Written[] =>
  database
    .prepare('SELECT service, dynamics_id, person_id, field, old_value, rule FROM journal ORDER BY id')
    .all()
    .map((row) => journalRow.parse(row));
