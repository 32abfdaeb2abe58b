import type { z } from 'zod';
import { type NamedItem, namedItemSchema } from '#src/depot/item.ts';
import { type Refusal, refused } from '#src/depot/refusal.ts';
import { repeatedField } from '#src/files/repeated-field.ts';
import { parseJson } from '#src/texts/json.ts';

export type ItemReading = { readonly kind: 'read'; readonly item: NamedItem } | Refusal;

/** A name that may be repeated to the sender: not what somebody put in the place of one. */
const plainName = /^[a-z][A-Za-z_]{0,30}$/;

/** What nobody can see or no program means: controls other than a line end, marks of direction, the sign of a lost letter. */
const unwanted = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Co}\ufffd]|\p{M}{11}/u;

/** Reads a deposit from the text of one JSON object; refuses what no field accounts for. */
export function readItem(text: string): ItemReading {
  const value = parseJson(text);
  if (value === undefined) return refused('not-json', 'line');
  const repeated = repeatedField(text);
  if (repeated !== null) return refused('repeated-field', plainName.test(repeated) ? repeated : 'line');
  return parseItem(value);
}

/** Reads a deposit from a parsed value. */
export function parseItem(value: unknown): ItemReading {
  const read = namedItemSchema.safeParse(value);
  if (!read.success) return refusedBy(read.error.issues[0], value);
  const invisible = unwantedField(read.data, []);
  return invisible === null ? { kind: 'read', item: read.data } : refused('characters', invisible);
}

function refusedBy(issue: z.core.$ZodIssue | undefined, value: unknown): Refusal {
  if (!issue) return refused('invalid', 'line');
  const field = issue.path.length === 0 ? 'line' : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const name = plainName.test(key) ? key : 'line';
    return refused('unknown-field', issue.path.length === 0 ? name : `${field}.${name}`);
  }
  if (issue.message === 'nir') return refused('nir', field);
  return refused(isMissing(value, issue.path) ? 'missing' : 'invalid', field);
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null) return false;
    inner = Object.entries(inner).find(([name]) => name === String(step))?.[1];
  }
  return inner === undefined;
}

/** The path of the first text that contains what nobody can see; null when none does. Only messages have lines. */
function unwantedField(value: unknown, path: readonly string[]): string | null {
  if (typeof value === 'string') {
    const field = path.join('.');
    return unwanted.test(value) || (value.includes('\n') && field !== 'message.text') ? field : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = unwantedField(inner, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}
