import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { z } from 'zod';
import type { Publisher } from './text.ts';

const imageTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.svg': 'image/svg+xml',
};

const text = z.string().trim().min(1).optional();
const schema = z.strictObject({
  name: text,
  /** A file beside the JSON: PNG, JPEG or SVG. */
  logo: text,
  address: text,
  contact: text,
  site: z.url({ protocol: /^https?$/ }).optional(),
});

/** Reads the JSON file of the publisher of the guides, with its logo. */
export async function readPublisher(file: string): Promise<Publisher> {
  const { logo, ...given } = schema.parse(JSON.parse(await readFile(file, 'utf8')));
  if (logo === undefined) return given;
  const type = imageTypes[extname(logo).toLowerCase()];
  if (type === undefined) throw new Error(`The logo ${logo} is no PNG, JPEG or SVG`);
  const image = await readFile(resolve(dirname(file), logo));
  return { ...given, logo: `data:${type};base64,${image.toString('base64')}` };
}
