import { fold } from '#src/passwords/folding.ts';

/** What a trainer signs in by: small letters, digits and hyphens, as the name reads aloud. */
export function identifierOf(name: string): string {
  const words = fold(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replaceAll(/^-|-$/g, '');
  return words === '' ? 'formateur' : words;
}

/** The first of `wanted`, `wanted-2`, `wanted-3` … that is free. */
export function freeIdentifier(wanted: string, isTaken: (identifier: string) => boolean): string {
  let identifier = wanted;
  for (let number = 2; isTaken(identifier); number += 1) identifier = `${wanted}-${number}`;
  return identifier;
}

const longest = 40;

/** What was typed as one, in its canonical form. */
export function typedIdentifier(typed: string): string {
  return typed.slice(0, 100).toLowerCase().replaceAll(/\s/g, '');
}
