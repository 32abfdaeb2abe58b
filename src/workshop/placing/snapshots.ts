import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '#src/crypto/random.ts';
import { writeDurably } from '#src/demo/trays/write-durably.ts';
import { type PersonRows, personRows } from '#src/installation/put-back/person-rows.ts';

/** What people were at moments to which a seat may be put back: a file each, in the folder of the class. */
export interface Snapshots {
  /** Answers the id under which it is found, once it is on disk. */
  keep(person: PersonRows): Promise<string>;
  /** Null for one that is not there. */
  find(id: string): Promise<PersonRows | null>;
}

export function openSnapshots(folder: string, random: Random): Snapshots {
  const pathOf = (id: string) => join(folder, `${id}.json`);
  return {
    async keep(person) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const id = random.bytes(8).toString('hex');
      await writeDurably(folder, `${id}.json`, Buffer.from(JSON.stringify(person)));
      return id;
    },
    async find(id) {
      const path = pathOf(id);
      return existsSync(path) ? personRows.parse(JSON.parse(await readFile(path, 'utf8'))) : null;
    },
  };
}

const fileName = 'debuts.json';

/** How the people of a class began who have an account from the start, by the name of each. */
export interface Beginnings {
  get(name: string): PersonRows | null;
  /** Keeps how somebody begins whose account was opened since; nothing for somebody who is known. */
  add(name: string, rows: PersonRows): Promise<void>;
}

/** Reads how the people of a class began, or finds it out and keeps it: at the first opening only. */
export async function beginningsOf(
  folder: string,
  findOut: () => Promise<ReadonlyMap<string, PersonRows>>,
): Promise<Beginnings> {
  const path = join(folder, fileName);
  const isKept = existsSync(path);
  const stored: unknown = isKept ? JSON.parse(readFileSync(path, 'utf8')) : null;
  const known = isKept
    ? new Map(Object.entries(stored ?? {}).map(([name, one]) => [name, personRows.parse(one)]))
    : new Map(await findOut());
  let writing: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    writing = writing.then(async () => {
      await rm(`${path}.tmp`, { force: true });
      await writeDurably(folder, fileName, Buffer.from(JSON.stringify(Object.fromEntries(known))));
    });
    return writing;
  };
  if (!isKept) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await write();
  }
  return {
    get: (name) => known.get(name) ?? null,
    async add(name, rows) {
      if (known.has(name)) return;
      known.set(name, rows);
      await write();
    },
  };
}
