import { realGivenNames } from '#src/register/pivot-matching.ts';

/** «A. V.»: of the first given name and the name in use. */
export function initialsOf({
  givenNames,
  usageName,
  birthName,
}: {
  readonly givenNames: readonly string[];
  readonly usageName: string | null;
  readonly birthName: string;
}): string {
  const [given] = realGivenNames(givenNames);
  return [given, usageName ?? birthName]
    .flatMap((name) => [...(name ?? '').normalize('NFC').trim()].slice(0, 1))
    .map((letter) => `${letter.toUpperCase()}.`)
    .join('\u00a0');
}
