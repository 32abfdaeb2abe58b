import type { Answers } from '#src/journey/answers.ts';
import { answer, begin, currentPath, stepRules, steps } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';
import { generated, table } from './markdown.ts';
import { type PageAbout, sitePages } from './site-pages.ts';

const at = '2026-01-01T09:00:00Z';
const identity: Answers['identity'] = {
  name: 'Venturi',
  nir: '162122B010001',
  birthDate: '1962-12-18',
  postalCode: '63000',
  bars: [],
  mayEnrol: true,
  cardRoute: true,
  cardType: 'photo',
  ibanStart: null,
  caisse: '631',
  names: [],
  reachable: null,
  registeredBirthDate: '1962-12-18',
  typed: true,
};
const proof = { route: 'carte-vitale', at } as const;
const terms = { accepted: true, version: '', textHash: '', language: 'fr', at };
const password = { hash: '', at };

const identified = begin(identity);
const proven = answer(identified, { proof });
const agreed = answer(proven, { terms });
const complete = answer(agreed, { password });
const refused = answer(complete, { terms: { ...terms, accepted: false } });

/** How far a person can have come; what follows from it is asked of the engine. */
const situations: readonly (readonly [string, Answers])[] = [
  ['recognised, barred from enrolling', begin({ ...identity, mayEnrol: false, cardRoute: false })],
  [
    'recognised, the card route closed, neutral policy',
    begin({ ...identity, cardRoute: false, undisclosed: true }),
  ],
  ['recognised, the card route closed', begin({ ...identity, cardRoute: false })],
  ['recognised, the card route open', identified],
  ['proof made', proven],
  ['terms refused', refused],
  ['terms accepted', agreed],
  ['password chosen', complete],
];

/** What giving an answer again changes, from a complete dossier. */
const changes: readonly (readonly [string, Answers])[] = [
  ['identity, with another identity', begin({ ...identity, name: 'Autre' })],
  ['terms, accepted again', answer(complete, { terms })],
  ['terms, refused', refused],
  ['password', answer(complete, { password: { ...password, hash: 'autre' } })],
];

const parts: readonly PageAbout['part'][] = [
  'Home',
  'Opening the account',
  'Confirming the address',
  'The account',
  'Everywhere',
  'Information',
];

/** The text of docs/journey.md: rules asked of the engine, and every address of the site. */
export function journeyDocument(): string {
  return `${generated}

# The journey

\`src/journey/journey.ts\` decides which steps there are, which may be visited, what comes next and what an
answer cancels. \`src/enrolment/guard.ts\` asks it before each step's page; \`src/paths.ts\` holds the addresses.

\`\`\`
home ─ identity ─ proof ─ terms ─ password ─ contact ─ (account made) waiting for the e-mail ─ active
          ├ other ways (the card route is closed, or the card cannot be read)
          └ not eligible (enrolment is closed; under a neutral policy, the card route too: one page)
\`\`\`

## What is open, and where a person stands

Whoever asks for a step that is not open is sent (303) to where they stand.

${table(
  ['Answers so far', 'Stands at', 'Steps that may be visited'],
  situations.map(([name, answers]) => [
    name,
    `\`${currentPath(answers)}\``,
    steps
      .filter((step) => stepRules[step].open(answers))
      .map((step) => `\`${step}\``)
      .join(', ') || 'none',
  ]),
)}

A proof is made once. Once the contact page is answered the account exists, the dossier is closed, and the session
only waits for the confirmation of the address. The identity page may be visited at any time: the identity of the
open dossier, sent again, leads on; another one opens another dossier.

## What an answer cancels

${table(
  ['Answered again, in a complete dossier', 'Forgotten'],
  changes.map(([name, after]) => [name, forgotten(after).join(', ') || 'nothing']),
)}

Two forms of one dossier sent at once cannot both win: each change names the version that it was made from.

## Every page

«Form» says what a POST does; every form needs the token of its page. Success answers 303, a refused form 422 with
the page again, a form that is too old 403 with what was typed.
${parts.map(partOf).join('')}`;
}

function forgotten(after: Answers): string[] {
  return steps.flatMap((step) => {
    if (step === 'contact') return [];
    return complete[step] !== null && after[step] === null ? [step] : [];
  });
}

function partOf(part: PageAbout['part']): string {
  const rows = Object.entries(paths).flatMap(([name, path]) => {
    const about = Object.entries(sitePages).find(([key]) => key === name)?.[1];
    return about?.part === part ? [[`\`${path}\``, about.shows, about.opens, about.form ?? '–']] : [];
  });
  return `
### ${part}

${table(['Address', 'Shows', 'Open to', 'Form'], rows)}
`;
}
