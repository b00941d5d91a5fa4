import { z } from 'zod';
import type { SettingsProblem } from '../../shared/app-state.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import { allowedKeys, describeAllowed } from './allowed.ts';
import { type JsonPath, readJson } from './json.ts';

export type SettingsReading =
  | { readonly kind: 'valid'; readonly settings: Settings }
  /** All that is wrong, at once. The path is `dataConfiguration.lead.mappings[2].direction`, or empty for the file as a whole. */
  | { readonly kind: 'invalid'; readonly problems: readonly SettingsProblem[] };

/** Reads the text of `config.json`. */
export function readSettings(text: string): SettingsReading {
  const content = text.replace(/^\uFEFF/, '');
  const unreadable = whyUnreadable(content);
  if (unreadable !== null) return invalid([{ path: '', message: unreadable }]);

  const json = readJson(content);
  if (json.kind === 'broken') {
    const message = `config.json cannot be read at line ${json.line}, column ${json.column}: ${json.message}. Correct it there.`;
    return invalid([{ path: '', message }]);
  }
  const repeated = json.repeatedKeys.map((path) => {
    const name = formatPath(path);
    return { path: name, message: `"${name}" is there more than once; leave only one of them.` };
  });
  const result = settingsSchema.safeParse(json.value, { error: describeAllowed });
  if (result.success && repeated.length === 0) return { kind: 'valid', settings: result.data };
  const issues = result.success ? [] : result.error.issues;
  return invalid([...repeated, ...issues.flatMap((issue) => problemsOf(issue, json.value))]);
}

/** How the file is written: as a person would, so that it can go on being edited by hand. */
export const formatSettings = (settings: Settings): string => `${JSON.stringify(settings, null, 2)}\n`;

const invalid = (problems: readonly SettingsProblem[]): SettingsReading => ({ kind: 'invalid', problems });

function whyUnreadable(text: string): string | null {
  if (text.trim() === '') return 'config.json is empty. Put the settings back, or delete the file to begin with the defaults.';
  // What UTF-16 looks like when it is read as UTF-8.
  if (text.includes('\0') || text.includes('\uFFFD')) return 'config.json is not UTF-8 text. Save it again with the encoding UTF-8.';
  return null;
}

function problemsOf(issue: z.core.$ZodIssue, root: unknown): SettingsProblem[] {
  const found = valueAt(root, issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, found));
  const path = formatPath(issue.path);
  const subject = path === '' ? 'The content of config.json' : `"${path}"`;
  if (found === undefined) return [{ path, message: `${subject} is missing; allowed is ${issue.message}.` }];
  return [{ path, message: `${subject} is ${describeFound(found)}; allowed is ${issue.message}.` }];
}

/** The value is not repeated: what stands at the wrong place may well be a secret. */
function unknownKey(parent: readonly PropertyKey[], key: string, content: unknown): SettingsProblem {
  const path = formatPath([...parent, key]);
  if (/secret|password|token|api_?key/i.test(key)) {
    const message = `"${path}" is not a setting: secrets are never kept in this file. Take it out, and give it on the screen Connection.`;
    return { path, message };
  }
  const allowed = allowedKeys(parent, content).map((name) => `"${name}"`);
  return { path, message: `"${path}" is not a setting; allowed here is ${allowed.join(', ')}. Correct the name or take it out.` };
}

const longestFound = 60;

function describeFound(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length <= longestFound ? text : `${text.slice(0, longestFound)}…`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = root;
  for (const step of path) {
    const holder = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).safeParse(value).data;
    value = Array.isArray(holder) ? holder[Number(step)] : holder?.[String(step)];
  }
  return value;
}

const formatPath = (path: readonly PropertyKey[] | JsonPath): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('');
