import type { ColumnChoice, FieldChoice, FieldChoices } from '../../../shared/field-choices.ts';
import { mappingDirections } from '../../../shared/field-pairs.ts';
import type { Direction } from '../../../shared/settings.ts';
import { mappable } from './check-draft.ts';
import type { MappingDraft } from './draft.ts';

export interface SuggestedMapping {
  readonly column: ColumnChoice;
  readonly field: FieldChoice;
  readonly direction: Direction;
}

/** Pairs of what is not mapped yet whose names say the same and whose types fit, the surest first. Each column and field at most once. */
export function suggestMappings({ columns, fields }: FieldChoices, mappings: readonly MappingDraft[]): SuggestedMapping[] {
  const mappedColumns = new Set(mappings.map(({ dynamics }) => dynamics));
  const mappedFields = new Set(mappings.map(({ activeCampaign }) => activeCampaign));
  const freeColumns = columns.filter((column) => mappable(column) && !mappedColumns.has(column.name)).map(named);
  const freeFields = fields.filter(({ name }) => !mappedFields.has(name)).map(named);

  const pairs = freeFields.flatMap((field) =>
    freeColumns.flatMap((column) => {
      const [direction] = mappingDirections(field.item.type, column.item.kind, column.item.writable);
      const likeness = direction === undefined ? 0 : likenessOf(field.meanings, column.meanings);
      return direction === undefined || likeness < leastLikeness ? [] : [{ column: column.item, field: field.item, direction, likeness }];
    }),
  );
  const taken = new Set<string>();
  return pairs
    .toSorted((one, other) => other.likeness - one.likeness)
    .flatMap(({ column, field, direction }) => {
      if (taken.has(column.name) || taken.has(field.name)) return [];
      taken.add(column.name);
      taken.add(field.name);
      return [{ column, field, direction }];
    });
}

/** Two words of three: "Source of the lead" is like "Lead source", "Lead score" is not. */
const leastLikeness = 0.66;

/** What may be called differently on the two sides, each in one word. Longer phrases come before those that are part of them. */
const synonyms: readonly (readonly [RegExp, string])[] = [
  [/\b(mobile|cell|cellular)( ?phone)?( number)?\b|\bmobilephone\b/g, 'mobile'],
  [/\b(business|work|office|main) phone\b|\btelephone ?1\b|\bphone number\b/g, 'phone'],
  [/\bhome phone\b|\btelephone ?2\b/g, 'homephone'],
  [/\bjob ?title\b|\bjob function\b|\bposition\b/g, 'jobtitle'],
  [/\bcompany ?name\b|\borgani[sz]ation\b|\baccount name\b/g, 'company'],
  [/\b(zip|postal|post) ?(postal )?code\b|\bpostcode\b|\bzip\b/g, 'postalcode'],
  [/\bcountry region\b/g, 'country'],
  [/\bstate (or )?province\b|\bprovince\b|\bcounty\b/g, 'state'],
  [/\bstreet 1\b|\bstreet address\b|\baddress line 1\b|\bline1\b/g, 'street'],
  [/\btown\b/g, 'city'],
  [/\b(web ?site|home ?page)( ?url)?\b|\bweb ?address\b|\bwebsiteurl\b/g, 'website'],
  [/\bbirth ?date\b|\bbirth ?day\b|\bdate of birth\b/g, 'birthdate'],
  [/\b(no|number) (of )?employees\b/g, 'employees'],
  [/\bfirst ?name\b|\bgiven name\b|\bforename\b/g, 'firstname'],
  [/\blast ?name\b|\bsurname\b|\bfamily name\b/g, 'lastname'],
  [/\bnotes?\b|\bcomments?\b/g, 'description'],
  [/\bannual revenue\b|\bturnover\b/g, 'revenue'],
];

const fillers = new Set(['of', 'the', 'a', 'for', 'to', 'in', 'is', 'field', 'code', 'new', 'address1', 'crm', 'd365', 'dynamics']);

interface Named<Item> {
  readonly item: Item;
  /** The words of the label, and those of the name. */
  readonly meanings: readonly ReadonlySet<string>[];
}

function named<Item extends { readonly name: string; readonly label: string }>(item: Item): Named<Item> {
  // The name of a custom field is a number.
  const texts = item.name.startsWith('field:') ? [item.label] : [item.label, item.name];
  return { item, meanings: texts.map(wordsOf) };
}

function wordsOf(text: string): ReadonlySet<string> {
  const plain = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
  const meant = synonyms.reduce((words, [phrase, word]) => words.replace(phrase, word), plain);
  return new Set(meant.split(' ').filter((word) => word !== '' && !fillers.has(word)));
}

/** From 0 to 1: the share of words that both have, for the two of their names that are most alike. */
function likenessOf(one: Named<unknown>['meanings'], other: Named<unknown>['meanings']): number {
  return Math.max(0, ...one.flatMap((words) => other.map((otherWords) => share(words, otherWords))));
}

function share(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const all = one.union(other);
  return all.size === 0 ? 0 : one.intersection(other).size / all.size;
}
