import type { Scenario } from '#src/exercise/scenario.ts';
import type { Access } from '#src/web/access.ts';
import type { Classes } from '#src/workshop/classes/classes.ts';
import type { Templates } from '#src/workshop/templates/templates.ts';

/** Whose a class is: the id of a trainer; null on a laptop, where one trainer has them all. */
export type Owner = string | null;

/** Somebody who teaches, as the pages know them; `name`: null on a laptop. */
export interface Trainer {
  readonly id: Owner;
  readonly name: string | null;
  /** Whether they enter with a passphrase of their own. */
  readonly hasPassphrase: boolean;
}

/** The classes of one trainer: those of others cannot be named from here, whatever id is asked for. */
export type OwnClasses = Pick<
  Classes,
  'list' | 'find' | 'broken' | 'retry' | 'erase' | 'isTaken' | 'isFull' | 'keeping' | 'erasedAt'
> & {
  prepare(plan: Parameters<Classes['prepare']>[0], own?: Scenario): ReturnType<Classes['prepare']>;
};

/** What a trainer’s page knows of who asks: it gets no other classes than theirs. */
export interface AtWork {
  readonly trainer: Trainer;
  readonly own: OwnClasses;
  readonly templates: Templates;
}

export type TrainerAccess = Access<null, AtWork>;

export function classesOf(classes: Classes, owner: Owner): OwnClasses {
  const find = (id: string) => {
    const running = classes.find(id);
    return running?.owner === owner ? running : null;
  };
  // What tells nobody’s name is on a laptop its trainer’s, and on a site nobody’s: its operator is told by the log.
  const broken = () => classes.broken().filter((one) => (one.owner ?? null) === owner);
  const isOwn = (id: string): boolean => find(id) !== null || broken().some((one) => one.id === id);
  return {
    list: () => classes.list().filter((one) => one.owner === owner),
    find,
    broken,
    retry: async (id) => {
      if (isOwn(id)) await classes.retry(id);
    },
    erase: async (id) => {
      if (isOwn(id)) await classes.erase(id);
    },
    prepare: (plan, own) => classes.prepare(plan, owner, own),
    isTaken: classes.isTaken,
    isFull: classes.isFull,
    keeping: classes.keeping,
    erasedAt: classes.erasedAt,
  };
}
