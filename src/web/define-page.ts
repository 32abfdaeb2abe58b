import type { Access, Admission, Visitor } from '#src/web/access.ts';
import type { Answer, PageRequest, RequestFacts, Shown, Typed } from '#src/web/page.ts';

type Handled<T> = T | Promise<T>;

/** What the map of the site says of a page. */
export interface About {
  /** The part of the site that it belongs to. */
  readonly part: string;
  readonly shows: string;
  /** What its form does; null where nothing is posted. */
  readonly form: string | null;
}

/** A page: one address, who may come there, what it shows, what its form does. */
export interface PageDefinition<Session, Who extends object> {
  readonly path: string;
  readonly about: About;
  readonly access: Access<Session, Who>;
  /**
   * The page, empty or with what was typed and why it was refused; where to look, when there is only a form that
   * belongs to another page. Changes nothing.
   */
  readonly show?: (request: PageRequest<Who>, shown: Shown) => Handled<Answer>;
  /** What the posted form does. */
  readonly submit?: (request: PageRequest<Who>) => Handled<Answer>;
  /**
   * Whom its form names, by 13 characters of a NIR, where it begins or takes the place of a session; null when that
   * cannot be read, `nobody` where it may be sent without. Sent while a session is that person’s, it is theirs, even
   * when it was shown before.
   */
  readonly names?: (typed: Typed) => string | 'nobody' | null;
  /** What its form was filled with: when that has changed since, the form is shown again instead of undoing it. */
  readonly filledWith?: (who: Who) => Handled<string>;
}

/** A page of a site, as the engine holds it: what its access grants is known to the page alone. */
export interface Page<Session> {
  readonly path: string;
  readonly about: About;
  readonly access: Omit<Access<Session, object>, 'judge'>;
  readonly hasView: boolean;
  readonly hasForm: boolean;
  readonly names: ((typed: Typed) => string | 'nobody' | null) | null;
  /** Judges a visitor; the page as it is for them, when they are admitted. */
  readonly enter: (visitor: Visitor<Session>) => Entry;
}

export type Entry = Exclude<Admission<never>, { kind: 'admitted' }> | OpenedPage;

/** A page that a visitor was admitted to. */
export interface OpenedPage {
  readonly kind: 'admitted';
  /** What its form is filled with; null where that does not matter. */
  readonly filledWith: (() => Handled<string>) | null;
  readonly show: ((facts: RequestFacts, shown: Shown) => Handled<Answer>) | null;
  readonly submit: (facts: RequestFacts) => Handled<Answer>;
}

/** Makes a page of its definition. What its access grants reaches `show` and `submit` as part of their request. */
export function definePage<Session, Who extends object>(
  definition: PageDefinition<Session, Who>,
): Page<Session> {
  const { path, about, access, show, submit, filledWith, names = null } = definition;
  return {
    path,
    about,
    access,
    hasView: show !== undefined,
    hasForm: submit !== undefined,
    names,
    enter: (visitor) => {
      const admission = access.judge(visitor);
      if (admission.kind !== 'admitted') return admission;
      const { who } = admission;
      return {
        kind: 'admitted',
        filledWith: filledWith ? () => filledWith(who) : null,
        show: show ? (facts, shown) => show({ ...facts, ...who }, shown) : null,
        submit: (facts) => {
          if (!submit) throw new Error(`${path} was sent a form and has none`);
          return submit({ ...facts, ...who });
        },
      };
    },
  };
}
