import { constants, existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder } from '#src/database/tar.ts';
import { makeTemplateFolder, templateVersion } from '#src/workshop/databases/template.ts';

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

/** Before the version of the template; none of this is anybody’s. */
const templatePrefix = 'base-neuve-';

/**
 * Each class has its database in its folder, in a thread of its own. That of a new class is copied from a template in the
 * folder of all classes, which the first one makes: copying it takes a fifth of the work. A class that opens is brought to
 * the version of the program all the same.
 */
export function openEmbeddedDatabases(folder: string): ClassDatabases {
  const template = join(folder, templatePrefix + templateVersion());
  let made: Promise<void> = Promise.resolve();
  return {
    mostAwake: Number.POSITIVE_INFINITY,
    quietMs: null,
    of: async (ofClass, _id, isNew) => {
      if (existsSync(join(ofClass, serverMark)))
        throw new NeedsServer('The database of this class is on a server: set DATABASE_URL');
      const database = embeddedIn(ofClass);
      if (!isNew) return database;
      // One after the other: two classes that are prepared at once make one template, and one that failed is made again.
      made = made.catch(() => {}).then(() => makeTemplateFolder(template));
      await made;
      await mkdir(ofClass, { recursive: true, mode: 0o700 });
      await cp(template, database.folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
      await flushFolder(database.folder);
      return database;
    },
    sweep: async () => {
      for (const name of await readdir(folder))
        if (name.startsWith(templatePrefix) && !join(folder, name).startsWith(template))
          await rm(join(folder, name), { recursive: true, force: true });
    },
    close: () => made.catch(() => {}),
  };
}

export function embeddedIn(folder: string) {
  return { kind: 'embedded', folder: join(folder, 'database') } as const;
}
