import { z } from 'zod';
import { type Keyring, seal, unseal } from '#src/crypto/keyring.ts';
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

/** Proxies often take 4 KiB for all headers of an answer; what a person means to write here is a few hundred characters. */
const mostCharacters = 2_400;

/** Whose draft it is, and of which page. */
interface DraftOf {
  readonly person: Buffer;
  readonly path: string;
}

const content = z.object({ until: z.number(), fields: z.record(z.string(), z.string()) });

const placeOf = ({ person, path }: DraftOf) => ({
  table: 'cookie',
  column: draftCookie,
  row: [person, path],
});

/** Removes the draft of a browser. */
export const noDraft: CookieChange = { name: draftCookie, value: null };

/**
 * Keeps what was written on a page whose session has ended; nothing when the form was not shown to this person by the
 * page itself, when nothing was written, or when it is too long.
 */
export function keepDraft(
  context: Pick<WebContext, 'secure' | 'keyring'>,
  of: DraftOf,
  { typed, now }: { readonly typed: Typed; readonly now: Date },
): readonly CookieChange[] {
  const sent = readSent(context, typed.text('_csrf'));
  const standing = sent.standing?.({ person: of.person, version: draftVersion });
  const fields = typed.entries().filter(([name, value]) => !name.startsWith('_') && value !== '');
  if (!standing?.samePerson || !standing.sameVersion || fields.length === 0) return [];
  const until = now.getTime() + minutes * 60_000;
  const value = seal(context.keyring, placeOf(of), { until, fields: Object.fromEntries(fields) }).toString(
    'base64url',
  );
  return value.length > mostCharacters ? [] : [{ name: draftCookie, value, maxAgeSeconds: minutes * 60 }];
}

/** What this person had written on this page; nothing for a draft of somebody else or of another page. */
export function findDraft(keyring: Keyring, of: DraftOf, cookie: string, now: Date): Typed {
  try {
    const { until, fields } = content.parse(unseal(keyring, placeOf(of), Buffer.from(cookie, 'base64url')));
    return until > now.getTime() ? new Typed(new Map(Object.entries(fields))) : nothingTyped;
  } catch {
    return nothingTyped;
  }
}
