import type { Entity } from '../../shared/entity.ts';
import type { WhyNot } from '../../shared/people.ts';
import type { Settings } from '../../shared/settings.ts';
import { membershipOf, tagNames } from '../../shared/tags.ts';
import type { Link, ObservedPerson, ObservedRecord } from '../store/observed.ts';

interface Stranger {
  readonly person: ObservedPerson | null;
  readonly record: ObservedRecord | null;
  /** The last link, where one has ended. */
  readonly ended: Link | null;
}

/**
 * Why somebody who is neither linked nor held takes no part, and what would change that; what weighs most comes first. Pure: by what was
 * read last and by the settings, with the rules of `sync/plan/plan-entry.ts`.
 */
export function whyNot({ person, record, ended }: Stranger, settings: Settings): WhyNot[] {
  return [
    ...(ended === null ? [] : becauseEnded(ended)),
    ...(person === null ? [] : becauseOfPerson(person, settings)),
    ...(record === null ? [] : becauseOfRecord(record, ended, settings)),
  ];
}

const plurals = { lead: 'leads', contact: 'contacts' } as const satisfies Record<Entity, string>;

function becauseEnded({ endedBecause }: Link): WhyNot[] {
  switch (endedBecause) {
    case 'tags-removed':
      return [
        {
          message: 'The pair of D365 tags was taken away in ActiveCampaign, which ended the sync.',
          advice: 'Give both tags again, and the next run takes the person up.',
        },
      ];
    case 'record-gone':
      return [
        {
          message: 'The record was deleted in Dynamics, which ended the sync.',
          advice: 'Take the D365 tags away and give them anew to have it created again.',
        },
      ];
    case 'person-gone':
      return [
        {
          message: 'The person was deleted in ActiveCampaign, which ended the sync.',
          advice: 'Nobody is brought back by themselves. Create the person in ActiveCampaign and give the pair of D365 tags.',
        },
      ];
    case 'superseded':
      return [{ message: 'The record was merged into one that syncs with somebody else.', advice: 'Nothing is to be done.' }];
    case 'entity-changed':
    case null:
      return [];
  }
}

function becauseOfPerson(person: ObservedPerson, { dataConfiguration }: Settings): WhyNot[] {
  if (person.gone) return [{ message: 'The person does not exist in ActiveCampaign any more.', advice: 'Nothing is to be done.' }];
  const entity = membershipOf(person.tags);
  if (entity === null) return [missingTags(person)];
  const { enabled, direction } = dataConfiguration[entity];
  if (!enabled) return [switchedOff(entity)];
  if (direction === 'toActiveCampaign') {
    return [
      {
        message: `The person carries the tags of a ${entity}, but ${plurals[entity]} go only to ActiveCampaign.`,
        advice: 'Choose another direction under Data Configuration.',
      },
    ];
  }
  return [];
}

function missingTags({ tags }: ObservedPerson): WhyNot {
  const pair = `“${tagNames.lead}” or “${tagNames.contact}”, and “${tagNames.pulled}”`;
  const advice = `Give ${pair}: the next run looks for the person in Dynamics, or creates them there.`;
  if (tags.lead || tags.contact || tags.pulled || tags.pushed) {
    return { message: 'The person carries only one half of a pair of D365 tags.', advice };
  }
  return { message: 'The person carries none of the D365 tags.', advice };
}

function becauseOfRecord(record: ObservedRecord, ended: Link | null, { dataConfiguration, syncSettings }: Settings): WhyNot[] {
  const { entity } = record;
  const { enabled, direction } = dataConfiguration[entity];
  if (record.gone) return [{ message: `The ${entity} does not exist in Dynamics any more.`, advice: 'Nothing is to be done.' }];
  if (record.succeededBy !== null) {
    return [
      {
        message: `Another record stands for this ${entity} now: it was merged or qualified.`,
        advice: 'Look at the other one, under the same e-mail address.',
      },
    ];
  }
  if (!enabled) return [switchedOff(entity)];
  if (direction === 'toDynamics') {
    return [
      { message: `${capitalised(plurals[entity])} go only to Dynamics.`, advice: 'Choose another direction under Data Configuration.' },
    ];
  }
  if (!record.meetsCriteria) {
    return [
      {
        message: `The ${entity} does not meet who is to be synced.`,
        advice: `Change the ${entity} in Dynamics, or who is synced under Data Configuration.`,
      },
    ];
  }
  if (!syncSettings.globalSync) {
    return [
      { message: `Global Sync is off, so the ${entity} does not go to ActiveCampaign.`, advice: 'Switch it on under Sync Settings.' },
    ];
  }
  return ended === null ? [{ message: 'Nothing stands against it.', advice: 'The next run takes the person up.' }] : [];
}

const switchedOff = (entity: Entity): WhyNot => ({
  message: `The sync of ${plurals[entity]} is off.`,
  advice: 'Switch it on under Data Configuration.',
});

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
