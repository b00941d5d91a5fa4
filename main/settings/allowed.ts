import { z } from 'zod';
import { settingsSchema } from '../../shared/settings.ts';

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object in braces: { … }',
  array: 'a list in brackets: [ … ]',
};

/** What would be right in place of what zod refuses, to stand after "allowed is": for rules of the schema that do not say it themselves. */
export function describeAllowed(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return choice(issue.values.map((value) => JSON.stringify(value)));
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? choice(issue.options.map((option: unknown) => JSON.stringify(option)))
        : choice([...new Set(issue.errors.flat().map((error) => error.message))]);
    case 'too_small':
      if (issue.origin === 'string') return 'a text that is not empty';
      return issue.origin === 'array' ? 'a list with at least one entry' : `${issue.minimum} or more`;
    case 'too_big':
      return `${issue.maximum} or less`;
    // Rules of these kinds say in the schema what is allowed.
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
      return issue.message ?? 'another value';
  }
}

const choice = (options: readonly string[]): string =>
  options.length < 2 ? options.join('') : `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`;

const schemaNode = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  oneOf: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
});

/** The keys that an object at this place of the settings may have. `content` is that object: what it holds can decide which. */
export function allowedKeys(path: readonly PropertyKey[], content: unknown): readonly string[] {
  let nodes: unknown[] = [z.toJSONSchema(settingsSchema, { io: 'input' })];
  for (const step of path) {
    nodes = nodes.flatMap(alternatives).map((node) => {
      const { properties, items } = schemaNode.parse(node);
      return typeof step === 'number' ? items : properties?.[String(step)];
    });
  }
  const objects = nodes.flatMap(alternatives).map((node) => schemaNode.parse(node).properties ?? {});
  const matching = objects.filter((properties) => couldBe(properties, content));
  return [...new Set((matching.length > 0 ? matching : objects).flatMap((properties) => Object.keys(properties)))];
}

const alternatives = (node: unknown): unknown[] => (node === undefined ? [] : (schemaNode.parse(node).oneOf ?? [node]));

/** Does the content have the values that tell this kind of object from others ("match", "operator")? */
function couldBe(properties: Readonly<Record<string, unknown>>, content: unknown): boolean {
  const values = z.record(z.string(), z.unknown()).safeParse(content).data ?? {};
  return Object.entries(properties).every(([key, node]) => {
    const { const: fixed, enum: options } = schemaNode.parse(node);
    const permitted = fixed === undefined ? options : [fixed];
    return permitted === undefined || !Object.hasOwn(values, key) || permitted.includes(values[key]);
  });
}
