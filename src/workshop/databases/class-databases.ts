import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the database of a class is. */
export type ClassDatabase =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** The databases of the classes of one workshop: each class has one of its own. */
export interface ClassDatabases {
  /** Classes whose service may be open at once. */
  readonly mostAwake: number;
  /** How long a class is left alone before its service closes; null: it never does. */
  readonly quietMs: number | null;
  /** That of the class in `folder`; makes it when the class is being prepared, before anything says that the class exists. */
  of(folder: string, id: string, isNew: boolean): Promise<ClassDatabase>;
  /** Drops the databases whose class is no longer there. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** The database of a class is on a server, and this workshop was started without one. */
class NeedsServer extends Error {
  override readonly name = 'NeedsServer';
}

/** What the folder of a class has when its database is on a server: the name of it. */
export const serverMark = 'serveur.json';

/** Each class has its database in its folder, in a thread of its own. */
export function openEmbeddedDatabases(): ClassDatabases {
  return {
    mostAwake: Number.POSITIVE_INFINITY,
    quietMs: null,
    of: async (folder) => {
      if (existsSync(join(folder, serverMark)))
        throw new NeedsServer('The database of this class is on a server: set DATABASE_URL');
      return embeddedIn(folder);
    },
    sweep: async () => {},
    close: async () => {},
  };
}

export function embeddedIn(folder: string): ClassDatabase {
  return { kind: 'embedded', folder: join(folder, 'database') };
}
