import type { Access, Admission, Visitor } from '#src/web/access.ts';
import type { Answer, IncomingFile, PageRequest, RequestFacts, Shown, Typed } from '#src/web/page.ts';

type Handled<T> = T | Promise<T>;

/** The entry of a page in the site map of the documentation. */
export interface About {
  /** The section of the site map. */
  readonly part: string;
  readonly shows: string;
  /** What its form does; null where nothing is posted. */
  readonly form: string | null;
}

interface PageBasics<Session, Who extends object, Taken> {
  readonly path: string;
  readonly about: About;
  readonly access: Access<Session, Who>;
  /** It shows no personal data to anyone: it stays readable after the end of a session. */
  readonly aboutNobody?: true;
  /** Where its person has chosen so, their browser keeps a copy of it as they have seen it, without its forms. */
  readonly keptOffline?: true;
  /**
   * What is written on it survives the end of the session: the browser keeps it encrypted for the same person, once they
   * have proved again who they are. Not for a page that is filled with data, nor for secrets.
   */
  readonly keepsDraft?: true;
  /** What the posted form does. */
  readonly submit?: (request: PageRequest<Who> & WithFiles<Taken>) => Handled<Answer>;
  /** Its form may carry files: what becomes of each, as it comes. Their fields are those before it in the form. */
  readonly takesFile?: (request: PageRequest<Who>, file: IncomingFile) => Promise<Taken>;
  /** How many characters of a field are read: 1000 by default. */
  readonly longestField?: number;
  /** Fields of which several may be chosen (`Typed.list`). */
  readonly lists?: readonly string[];
  /**
   * For a form that begins or replaces a session: the person it names, by the 13 characters of a NIR; null when these
   * are not valid, `nobody` where the form may be sent without. A form that names the person of the present session is
   * accepted as theirs, even when it was shown before that session.
   */
  readonly names?: (typed: Typed) => string | 'nobody' | null;
}

/**
 * `show`: the page, empty or with the fields as typed and the reasons for a refusal; for a form that another page shows, a
 * redirection to that page. Changes nothing.
 *
 * `filledWith`: the data that its form is filled with, read once for each request. When their JSON has changed since the
 * form was shown, it is shown again, not applied.
 */
type PageViews<Who extends object, Filling> =
  | {
      readonly filledWith?: never;
      readonly show?: (request: PageRequest<Who>, shown: Shown) => Handled<Answer>;
    }
  | {
      readonly filledWith: (who: Who) => Handled<Filling>;
      readonly show: (request: PageRequest<Who>, shown: Shown, filling: Filling) => Handled<Answer>;
    };

/** A page: one address, who may open it, what it shows, what its form does. */
export type PageDefinition<Session, Who extends object, Taken = never, Filling = never> = PageBasics<
  Session,
  Who,
  Taken
> &
  PageViews<Who, Filling>;

/** What became of the files of a form, in their order. */
export interface WithFiles<Taken> {
  readonly files: readonly Taken[];
}

/** A page of a site, as the engine sees it; the type of what its access grants is private to the page. */
export interface Page<Session> {
  readonly path: string;
  readonly about: About;
  readonly access: Omit<Access<Session, object>, 'judge'>;
  readonly aboutNobody: boolean;
  readonly keptOffline: boolean;
  readonly keepsDraft: boolean;
  readonly hasView: boolean;
  readonly hasForm: boolean;
  readonly takesFiles: boolean;
  readonly longestField: number | undefined;
  readonly lists: readonly string[];
  readonly names: ((typed: Typed) => string | 'nobody' | null) | null;
  /** Evaluates the access for a visitor; when admitted, returns the page with what was granted. */
  readonly enter: (visitor: Visitor<Session>) => Entry;
}

export type Entry = Exclude<Admission<never>, { kind: 'admitted' }> | OpenedPage;

/** A page that a visitor was admitted to. */
export interface OpenedPage {
  readonly kind: 'admitted';
  /** The data that its form is filled with, as JSON; null for a form without such data. */
  readonly filledWith: (() => Promise<string>) | null;
  readonly show: ((facts: RequestFacts, shown: Shown) => Handled<Answer>) | null;
  readonly submit: (facts: RequestFacts) => Handled<Answer>;
  /** Takes a file of its form, for its `submit`. */
  readonly takeFile: (facts: RequestFacts, file: IncomingFile) => Promise<void>;
}

/** Builds a page from its definition. `show` and `submit` get what its access grants as part of their request. */
export function definePage<Session, Who extends object, Taken = never, Filling = never>(
  definition: PageDefinition<Session, Who, Taken, Filling>,
): Page<Session> {
  const { path, about, access, submit, names = null, takesFile } = definition;
  const {
    aboutNobody = false,
    keptOffline = false,
    keepsDraft = false,
    longestField,
    lists = [],
  } = definition;
  return {
    path,
    about,
    access,
    aboutNobody,
    keptOffline,
    keepsDraft,
    hasView: definition.show !== undefined,
    hasForm: submit !== undefined,
    takesFiles: takesFile !== undefined,
    longestField,
    lists,
    names,
    enter: (visitor) => {
      const admission = access.judge(visitor);
      if (admission.kind !== 'admitted') return admission;
      const { who } = admission;
      const files: Taken[] = [];
      return {
        kind: 'admitted',
        ...viewsFor(definition, who),
        submit: (facts) => {
          if (!submit) throw new Error(`${path} was sent a form and has none`);
          return submit({ ...facts, ...who, files });
        },
        takeFile: async (facts, file) => {
          if (takesFile) files.push(await takesFile({ ...facts, ...who }, file));
        },
      };
    },
  };
}

/** How a page is shown to somebody who was admitted. */
function viewsFor<Who extends object, Filling>(
  views: PageViews<Who, Filling>,
  who: Who,
): Pick<OpenedPage, 'filledWith' | 'show'> {
  if (!views.filledWith) {
    const { show } = views;
    return { filledWith: null, show: show ? (facts, shown) => show({ ...facts, ...who }, shown) : null };
  }
  const { filledWith, show } = views;
  let read: Promise<Filling> | null = null;
  const filling = () => {
    read ??= Promise.resolve(filledWith(who));
    return read;
  };
  return {
    filledWith: async () => JSON.stringify(await filling()),
    show: async (facts, shown) => show({ ...facts, ...who }, shown, await filling()),
  };
}
