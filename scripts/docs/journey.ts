import type { SitePage } from '#src/access/access.ts';
import type { Answers } from '#src/journey/answers.ts';
import { answer, begin, currentPath, stepRules, steps } from '#src/journey/journey.ts';
import { describedPages } from './described-pages.ts';
import { generated, table } from './markdown.ts';

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

/** The stages of a journey; what follows from each is computed by the journey’s rules. */
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

/** What answering a step again changes in a complete dossier. */
const changes: readonly (readonly [string, Answers])[] = [
  ['identity, with another identity', begin({ ...identity, name: 'Autre' })],
  ['terms, accepted again', answer(complete, { terms })],
  ['terms, refused', refused],
  ['password', answer(complete, { password: { ...password, hash: 'autre' } })],
];

/** The parts of the site in the order in which people meet them. */
const parts = [
  'Home',
  'Opening the account',
  'Confirming the address',
  'The account',
  'FranceConnect',
  'Everywhere',
  'Information',
] as const;

/**
 * The text of docs/journey.md: the rules as the code computes them, the access conditions, and every address of the
 * site.
 */
export function journeyDocument(): string {
  const pages = describedPages();
  return `${generated}

# The journey

\`src/journey/journey.ts\` defines the steps, which of them may be visited, what comes next and what an answer cancels;
\`src/access/access.ts\` defines who may open which page; \`src/paths.ts\` has the addresses.

\`\`\`
home ─ identity ─ proof ─ terms ─ password ─ contact ─ (account created) waiting for the e-mail ─ active
          ├ other ways (the card route is closed, or the card cannot be read)
          └ not eligible (enrolment is closed; under a neutral policy, the card route too: one page)
\`\`\`

## Open steps and the current step

A request for a step that is not open is redirected (303) to the current step.

${table(
  ['Answers so far', 'Current step', 'Steps that may be visited'],
  situations.map(([name, answers]) => [
    name,
    `\`${currentPath(answers)}\``,
    steps
      .filter((step) => stepRules[step].open(answers))
      .map((step) => `\`${step}\``)
      .join(', ') || 'none',
  ]),
)}

An identity is proved once per dossier. After the contact page the account exists, the dossier is closed, and the session
only waits for the confirmation of the address. The identity page may be visited at any time: sending the identity of the
open dossier again leads to the current step; another identity opens another dossier.

## What an answer cancels

${table(
  ['Answered again, in a complete dossier', 'Cancelled'],
  changes.map(([name, after]) => [name, forgotten(after).join(', ') || 'nothing']),
)}

Of two concurrent forms of one dossier only one is stored: each change names the version of the dossier that it is based on.

## Who may open a page

Each page has one of these conditions (\`src/access/access.ts\`). It is evaluated before the page runs, for GET and POST
alike; \`test/security/access.test.ts\` tries each page with people in every state.

${table(['Condition', 'Admits', 'Others are redirected (303) to', 'Pages'], conditionRows(pages))}

## Every page

“Form” says what a POST does; every form needs the token of its page. Success is answered with 303, a refused form with 422
and the page again, a form whose token has expired with 403 and what was typed.
${parts.map((part) => partOf(part, pages)).join('')}`;
}

function conditionRows(pages: readonly SitePage[]): readonly (readonly string[])[] {
  const names = [...new Set(pages.map(({ access }) => access.name))];
  return names.flatMap((name) => {
    const [first, ...rest] = pages.filter(({ access }) => access.name === name);
    if (!first) return [];
    const { admits, redirects } = first.access;
    return [[name, admits, redirects ?? '–', String(rest.length + 1)]];
  });
}

function forgotten(after: Answers): string[] {
  return steps.flatMap((step) => {
    if (step === 'contact') return [];
    return complete[step] !== null && after[step] === null ? [step] : [];
  });
}

function partOf(part: string, pages: readonly SitePage[]): string {
  const rows = pages
    .filter(({ about }) => about.part === part)
    .map(({ path, about, access }) => [`\`${path}\``, about.shows, access.name, about.form ?? '–']);
  return `
### ${part}

${table(['Address', 'Shows', 'Condition', 'Form'], rows)}
`;
}
