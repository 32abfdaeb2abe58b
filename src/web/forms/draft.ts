import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { type Keyring, sealBytes, unsealBytes } from '#src/crypto/keyring.ts';
import { readSent } from '#src/web/forms/csrf.ts';
import { type CookieChange, nothingTyped, Typed } from '#src/web/page.ts';
import type { WebContext } from '#src/web/site.ts';

/** The cookie with what was written on a page whose session ended, encrypted. */
export const draftCookie = 'brouillon';

/**
 * What the forms of a page that keeps drafts are bound to, besides the person: only somebody who was admitted to the page
 * has such a form. Nobody else can leave a draft for the person to find.
 */
export const draftVersion = 'brouillon';

const minutes = 60;

/** Proxies often take 4 KiB for all headers of an answer. Compressed, it is a letter of one page. */
const mostCharacters = 2_400;

/** More than any form of such a page can hold: a cookie that unfolds without end is not one of ours. */
const mostBytes = 100_000;

/** Whose draft it is, and of which page. */
interface DraftOf {
  readonly person: Buffer;
  readonly path: string;
}

const content = z.object({ until: z.number(), path: z.string(), fields: z.record(z.string(), z.string()) });
type Content = z.infer<typeof content>;

const placeOf = (person: Buffer) => ({ table: 'cookie', column: draftCookie, row: [person] });

/** Removes the draft of a browser. */
export const noDraft: CookieChange = { name: draftCookie, value: null };

/**
 * Keeps what was written on a page whose session has ended; nothing when the form was not shown to this person by the
 * page itself, when nothing was written, or when it is too long.
 */
export function keepDraft(
  context: Pick<WebContext, 'secure' | 'keyring'>,
  { person, path }: DraftOf,
  { typed, now }: { readonly typed: Typed; readonly now: Date },
): readonly CookieChange[] {
  const sent = readSent(context, typed.text('_csrf'));
  const standing = sent.token?.standing({ person, version: draftVersion });
  const fields = typed.entries().filter(([name, value]) => !name.startsWith('_') && value !== '');
  if (!standing?.samePerson || !standing.sameVersion || fields.length === 0) return [];
  const until = now.getTime() + minutes * 60_000;
  const kept: Content = { until, path, fields: Object.fromEntries(fields) };
  const value = sealBytes(context.keyring, placeOf(person), packed(kept)).toString('base64url');
  return value.length > mostCharacters ? [] : [{ name: draftCookie, value, maxAgeSeconds: minutes * 60 }];
}

/** What this person had written on this page; nothing for a draft of somebody else or of another page. */
export function findDraft(keyring: Keyring, { person, path }: DraftOf, cookie: string, now: Date): Typed {
  const draft = openDraft(keyring, person, cookie, now);
  return draft?.path === path ? new Typed(new Map(Object.entries(draft.fields))) : nothingTyped;
}

/** The page on which this person was writing when their session ended; null for a draft of somebody else, or none. */
export function placeOfDraft(keyring: Keyring, person: Buffer, cookie: string, now: Date): string | null {
  return openDraft(keyring, person, cookie, now)?.path ?? null;
}

function openDraft(keyring: Keyring, person: Buffer, cookie: string, now: Date): Content | null {
  if (cookie === '') return null;
  try {
    const bytes = unsealBytes(keyring, placeOf(person), Buffer.from(cookie, 'base64url'));
    const text = brotliDecompressSync(bytes, { maxOutputLength: mostBytes }).toString('utf8');
    const draft = content.parse(JSON.parse(text));
    return draft.until > now.getTime() ? draft : null;
  } catch {
    return null;
  }
}

function packed(kept: Content): Buffer {
  return brotliCompressSync(JSON.stringify(kept), {
    params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  });
}
