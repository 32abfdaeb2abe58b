import type { Session } from '#src/sessions/session.ts';
import type { FormStanding } from '#src/web/forms/form-binding.ts';
import type { CookieChange, Page, PageRequest } from '#src/web/page.ts';

/** What the site that a page belongs to says of the people who visit it. */
export interface Site {
  /** Where somebody with a session goes on. */
  readonly placeOf: (session: Session) => string;
  /** What else a browser gives up when its session ends. */
  readonly leave: (asked: PageRequest) => Promise<readonly CookieChange[]>;
  /** Who somebody with a session is, as forms remember it. */
  readonly personOf: (session: Session) => Buffer;
  /** Who has a NIR, as forms would remember it. */
  readonly personsOf: (nir: string) => readonly Buffer[];
}

/**
 * Whether a form was shown for somebody else than whose session it comes with.
 *
 * One that was shown to nobody holds nothing of anybody, unless it names somebody itself. One that names the person of
 * the session is theirs: they signed in, or said who they are, with that very form, or in another tab since.
 */
export function isSomebodyElses(
  page: Page,
  { personOf, personsOf }: Pick<Site, 'personOf' | 'personsOf'>,
  asked: PageRequest,
  { samePerson, wasNobodys }: FormStanding,
): boolean {
  const { session, typed } = asked;
  if (!session || samePerson || (wasNobodys && !page.names)) return false;
  const named = page.names?.(typed) ?? null;
  if (wasNobodys && (named === 'nobody' || (named === null && page.guard?.(asked)))) return false;
  const person = personOf(session);
  return named === null || !personsOf(named).some((key) => key.equals(person));
}
