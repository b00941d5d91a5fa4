import type { Entity } from '../../../shared/entity.ts';
import type { ConflictWinner, Direction } from '../../../shared/settings.ts';
import type { FieldMap } from '../mapping/field-map.ts';

/** What the planner needs to know of the settings, for one entity. */
export interface EntityRules {
  readonly enabled: boolean;
  readonly direction: Direction;
  readonly conflictWinner: ConflictWinner;
  /** Id of the list that people from Dynamics join. */
  readonly listId: string | null;
  readonly map: FieldMap;
  readonly creation: CreationRules;
}

/** How a row is created that no mapping names completely. Lengths in characters, as the table has them. */
export interface CreationRules {
  readonly missingLastName: 'useEmail' | 'hold';
  readonly lastNameLength: number;
  /** `{name}` in the template stands for the name, or for the e-mail where there is none. Null for a table without topics. */
  readonly topic: { readonly template: string; readonly length: number } | null;
  /** Columns that the business requires and the service does not enforce. */
  readonly requiredColumns: readonly string[];
}

export interface PlanRules {
  readonly entities: Readonly<Record<Entity, EntityRules>>;
  /** Global Sync: whether anything may go to ActiveCampaign. */
  readonly globalSync: boolean;
  readonly syncOptOut: boolean;
  /** A new version 4 GUID: the id of a row is chosen before it is created. */
  readonly newId: () => string;
}
