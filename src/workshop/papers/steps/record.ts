import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Language } from '#src/texts/language.ts';
import { sheetPages } from '#src/workshop/papers/steps/pages.ts';

const box = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** Part of a page as its reader sees it, in pixels of a telephone, and what is on it. */
const picture = z.strictObject({
  /** Beside the record; one file may be of several pages. */
  file: z.string().regex(/^[a-f\d]{16}\.png$/),
  width: z.number(),
  height: z.number(),
  /** In the order of the page. `label`: what the page writes on it or beside it. */
  marks: z.array(z.strictObject({ name: z.string(), label: z.string(), frame: box, around: box })),
});
const page = z.strictObject({ heading: z.string(), pictures: z.array(picture) });

/** What a walk has seen of a policy in a language: the pages that it has. */
export const sheetRecord = z.partialRecord(z.enum(sheetPages), page);
export type SheetRecord = z.infer<typeof sheetRecord>;
export type SheetPicture = z.infer<typeof picture>;

/** Where `npm run guides -- --sheets` writes what it has seen. */
export const sheetsFolder = new URL('../../../../sheets/', import.meta.url);

export function recordName(policy: string, language: Language): string {
  return `${policy}-${language}.generated.json`;
}

/** Whether there are pictures of this policy: those that ship all have some. */
export function hasRecord(policy: string, language: Language): boolean {
  return existsSync(new URL(recordName(policy, language), sheetsFolder));
}

/** Throws when nothing was recorded of this policy. */
export function readRecord(policy: string, language: Language): SheetRecord {
  const text = readFileSync(new URL(recordName(policy, language), sheetsFolder), 'utf8');
  return sheetRecord.parse(JSON.parse(text));
}

/** A picture as a `data:` address. */
export function readPicture({ file }: Pick<SheetPicture, 'file'>): string {
  return `data:image/png;base64,${readFileSync(new URL(file, sheetsFolder)).toString('base64')}`;
}
