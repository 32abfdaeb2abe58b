import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '#src/demo/trays/write-durably.ts';
import { extensions, type MediaType, mediaTypes } from '#src/files/media-type.ts';
import type { Services } from '#src/services.ts';

/** A letter of the tray, as programs get it; `pdf` and `documents`, what lies behind it in its envelope, are addresses here. */
const trayLetter = z.object({
  id: z.string(),
  date: z.string(),
  destinataire: z.string(),
  pdf: z.string(),
  code: z.string().nullable(),
  documents: z.array(z.string()).default([]),
});
export type TrayLetter = z.infer<typeof trayLetter>;

/** `enclosures`: the names of the files in the folder of `file`. */
const kept = trayLetter.extend({ file: z.string(), enclosures: z.array(z.string()).default([]) });
type Kept = z.infer<typeof kept>;

/** A letter or a document, as it was printed. */
export interface PrintedFile {
  /** Of the letter. */
  readonly id: string;
  readonly type: MediaType;
  readonly extension: string;
  readonly content: Buffer;
}

const types: ReadonlyMap<string, MediaType> = new Map(
  mediaTypes.map((type) => [extensions[type], type] as const),
);

/** The letters of the demo: printed at once as for a real printer, posted on the next working day. */
export interface LettersTray {
  /** Newest first. */
  list(): readonly TrayLetter[];
  ids(): readonly string[];
  /** A file by its name, as in the addresses of the list; null when there is none. */
  file(name: string): Promise<PrintedFile | null>;
  /** Prints what is queued and posts what was printed; one at a time. `publicUrl`: without final slash. */
  print(services: Services, publicUrl: string): Promise<void>;
  /** Waits for the printing in progress. */
  close(): Promise<void>;
}

const suffix = '.json';

/** Opens the tray; `path` is its address on the site. */
export function openLettersTray(folder: string, path: string): LettersTray {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder);
  for (const name of names) if (name.endsWith('.tmp')) rmSync(join(folder, name));
  const all = names
    .filter((name) => name.endsWith(suffix))
    .map((name) => kept.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  const byId = new Map(
    all.sort((a, b) => a.date.localeCompare(b.date)).map((letter): [string, Kept] => [letter.id, letter]),
  );
  /** Newest first; letters are asked for on every page, and come seldom. */
  let listed: readonly TrayLetter[] | null = null;
  let underWay: Promise<void> | null = null;
  const keep = async (letter: Omit<Kept, 'pdf' | 'documents'>): Promise<void> => {
    if (byId.has(letter.id)) return;
    const documents = letter.enclosures.map((name) => `${path}/${name}`);
    const whole = { ...letter, pdf: `${path}/${letter.id}.pdf`, documents };
    await writeDurably(folder, `${letter.id}${suffix}`, Buffer.from(JSON.stringify(whole)));
    byId.set(letter.id, whole);
    listed = null;
  };
  return {
    list: () => {
      listed ??= [...byId.values()].reverse().map((letter) => trayLetter.parse(letter));
      return listed;
    },
    ids: () => [...byId.keys()],
    async file(name) {
      const [, id = '', extension = ''] =
        /^([\da-f-]{36})(?:-enclosure-\d+)?\.(pdf|jpg|png)$/.exec(name) ?? [];
      const letter = byId.get(id);
      const type = types.get(extension);
      if (!letter || type === undefined) return null;
      const isTheirs = name === `${id}.pdf` || letter.enclosures.includes(name);
      if (!isTheirs) return null;
      return { id, type, extension, content: await readFile(join(folder, dirname(letter.file), name)) };
    },
    print(services, publicUrl) {
      underWay ??= printAndPost(services, { folder, publicUrl, keep }).finally(() => {
        underWay = null;
      });
      return underWay;
    },
    close: async () => {
      await underWay?.catch(() => {});
    },
  };
}

interface Printing {
  readonly folder: string;
  readonly publicUrl: string;
  readonly keep: (letter: Omit<Kept, 'pdf' | 'documents'>) => Promise<void>;
}

/** The modules are loaded only when there is something to print, so that the demo starts faster. */
async function printAndPost(services: Services, printing: Printing): Promise<void> {
  const { db } = services;
  const queued = await db
    .selectFrom('notice')
    .select('id')
    .where('channel', '=', 'letter')
    .where('state', '=', 'queued')
    .limit(1)
    .executeTakeFirst();
  const moving = await db
    .selectFrom('letter')
    .select('id')
    .where('state', 'in', ['requested', 'printed'])
    .limit(1)
    .executeTakeFirst();
  if (!queued && !moving) return;
  const { printQueued, postPrinted } = await import('#src/demo/trays/letters-printer.ts');
  if (queued) await printQueued(services, printing);
  await postPrinted(services, printing);
}
