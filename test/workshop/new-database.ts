import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type ClassDatabases, openEmbeddedDatabases } from '#src/workshop/databases/class-databases.ts';

interface NewDatabases {
  /** Of classes: it has nothing but the template of their databases. */
  readonly folder: string;
  readonly databases: ClassDatabases;
}

let made: Promise<NewDatabases> | null = null;

after(async () => {
  if (made) await rm((await made).folder, { recursive: true, force: true });
});

/** The databases of new classes: their template is made once in a process of tests. */
export function newDatabases(): Promise<NewDatabases> {
  made ??= make();
  return made;
}

async function make(): Promise<NewDatabases> {
  const folder = await mkdtemp(join(tmpdir(), 'compte-template-'));
  const databases = openEmbeddedDatabases(folder);
  const first = join(folder, 'first');
  await databases.of(first, 'first', true);
  await rm(first, { recursive: true });
  return { folder, databases };
}
