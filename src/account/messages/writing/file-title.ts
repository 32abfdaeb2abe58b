import { clean } from '#src/texts/clean.ts';

const longest = 80;

/** The name of a file as people read it: without its folders, short, its ending kept. */
export function fileTitle(name: string): string {
  const own = clean(name.slice(0, 1_000).replace(/^.*[\\/]/s, ''));
  if (own.length <= longest) return own === '' ? 'document' : own;
  const ending = /\.\w{1,5}$/.exec(own)?.[0] ?? '';
  return `${own.slice(0, longest - ending.length - 1)}…${ending}`.toWellFormed();
}
