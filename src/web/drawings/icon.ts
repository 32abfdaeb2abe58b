import { type Child, type Html, html, trusted } from '#src/web/html.ts';

export const iconNames = [
  'card',
  'bank',
  'house',
  'mail',
  'clock',
  'refund',
  'online',
  'certificate',
] as const;
type IconName = (typeof iconNames)[number];

/** Strokes on a square of 48, by what they show. */
const strokes: Readonly<Record<IconName, string>> = {
  card: 'M9 10h30a4 4 0 0 1 4 4v20a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4zM11 19h8v7h-8zM11 32h14M30 32c0-8 9-8 9 0M34.5 19a3 3 0 1 0 .1 0',
  bank: 'M11 5h18l8 8v30H11zM29 5v8h8M17 22h14M17 29h14M17 36h6',
  house: 'M6 23 24 8l18 15M11 20v21h26V20M20 41V29h8v12',
  mail: 'M5 11h38v26H5zM5 13l19 14 19-14',
  clock: 'M24 6a18 18 0 1 0 .1 0M24 14v11l8 4',
  refund: 'M24 6a18 18 0 1 0 .1 0M31 18a9 9 0 1 0 0 12M14 22h12M14 26h12',
  online: 'M9 9h30v22H9zM4 38h40M18 20l5 5 8-9',
  certificate: 'M24 43H11V5h26v18M17 14h14M17 21h14M17 28h7M35 28a6 6 0 1 0 .1 0M31 39v6l4-2 4 2v-6',
};

/** A small drawing beside words that say the same. */
export function icon(name: IconName): Html {
  return trusted(
    `<svg class="icon" viewBox="0 0 48 48" aria-hidden="true"><path d="${strokes[name]}"/></svg>`,
  );
}

/** Words with their drawing before them. */
export function illustrated(name: IconName, words: Child): Html {
  return html`<div class="illustrated">${icon(name)}<p class="govuk-body">${words}</p></div>`;
}
