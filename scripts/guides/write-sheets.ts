import { hash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { type Language, languages } from '#src/texts/language.ts';
import { sheetPages } from '#src/workshop/papers/steps/pages.ts';
import { readRecord, recordName, type SheetRecord, sheetsFolder } from '#src/workshop/papers/steps/record.ts';
import { openRoom } from '../../test/workshop/room.ts';
import { ofOnePerson } from './class-marks.ts';
import { palettePng } from './palette-png.ts';
import { type WalkedClass, walkClass } from './walk-class.ts';

/** Walks a class with each of these policies in each language, and records what step sheets show of it. */
export async function writeSheets(
  browser: Browser,
  policies: readonly string[],
  all: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  await mkdir(sheetsFolder, { recursive: true });
  const closing: (() => unknown)[] = [];
  try {
    const room = await openRoom({ after: (close: () => unknown) => closing.push(close) });
    for (const policy of policies)
      for (const language of languages) {
        const walked = await walkClass({ browser, room, policy, language });
        const record = await recorded(browser, walked);
        await writeFile(new URL(recordName(policy, language), sheetsFolder), `${JSON.stringify(record)}\n`);
        say(`${policy} ${language}: ${walked.size} pages`);
      }
  } finally {
    for (const close of closing.toReversed()) await close();
  }
  await removeUnused(all);
}

async function recorded(browser: Browser, walked: WalkedClass): Promise<SheetRecord> {
  const page = await browser.newPage();
  const record: SheetRecord = {};
  for (const name of sheetPages) {
    const seen = walked.get(name);
    if (!seen) continue;
    const pictures = [];
    for (const { png, width, height, marks } of seen.pictures) {
      const small = await palettePng(page, png);
      const file = `${hash('sha256', small).slice(0, 16)}.png`;
      await writeFile(new URL(file, sheetsFolder), small);
      const labelled = marks.map(({ name: mark, label, frame, around }) => ({
        name: mark,
        label: ofOnePerson[name]?.includes(mark) ? '' : label,
        frame,
        around,
      }));
      pictures.push({ file, width, height, marks: labelled });
    }
    const isOfOne = name === 'payment' || name.startsWith('desk');
    // The number of a seat, or the day of a payment.
    record[name] = { heading: isOfOne ? '' : seen.heading, pictures };
  }
  await page.close();
  return record;
}

/** Deletes the pictures that no record shows any more. */
async function removeUnused(policies: readonly string[]): Promise<void> {
  const used = new Set(
    policies.flatMap((policy) => languages.flatMap((language) => filesOf(policy, language))),
  );
  for (const file of await readdir(sheetsFolder))
    if (file.endsWith('.png') && !used.has(file)) await rm(new URL(file, sheetsFolder));
}

function filesOf(policy: string, language: Language): readonly string[] {
  try {
    return Object.values(readRecord(policy, language)).flatMap(({ pictures }) =>
      pictures.map(({ file }) => file),
    );
  } catch {
    return [];
  }
}
