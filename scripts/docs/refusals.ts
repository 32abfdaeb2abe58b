import type { EmailProblem } from '#src/contact/email-address.ts';
import type { TelephoneKind, TelephoneProblem } from '#src/contact/telephone.ts';
import { cardTexts } from '#src/enrolment/card/texts.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { notEligibleTexts } from '#src/enrolment/not-eligible/texts.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { reasons } from '#src/franceconnect/outcome.ts';
import { outcomeText, outcomeTexts } from '#src/franceconnect-pages/outcome-texts.ts';
import { readEmail, readTelephones } from '#src/page-parts/contact/form.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { passwordTexts } from '#src/page-parts/password/texts.ts';
import type { PasswordProblem } from '#src/passwords/rules.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { codeTexts } from '#src/provisional-code/texts.ts';
import {
  birthDateGuide,
  cardSerialGuide,
  ibanTailGuide,
  ineligibilityGuide,
  nirGuide,
} from '#src/register/refusal-guide.ts';
import type { RefusedField } from '#src/services.ts';
import { closedTexts } from '#src/sign-in/closed-view.ts';
import { forgottenTexts } from '#src/sign-in/forgotten/texts.ts';
import { signInTexts } from '#src/sign-in/texts.ts';
import { common } from '#src/texts/common.ts';
import { errorPageTexts } from '#src/web/http/error-texts.ts';
import { Typed } from '#src/web/page.ts';
import { franceConnectGuide } from './franceconnect-guide.ts';
import { generated, table } from './markdown.ts';

const identity = identityTexts.fr;
const card = cardTexts.fr;
const confirmation = confirmationTexts.fr;
const errors = errorPageTexts.fr;
const { confirmation: confirmationRules, codes: codeRules } = loadPolicy('ameli-2025');
const instant = '[heure exacte]';

/** One wrong address for each reason, and what an agent can say about it. */
export const wrongEmails: Readonly<Record<EmailProblem, readonly [typed: string, agent: string]>> = {
  empty: ['', 'La case est vide.'],
  mailto: ['mailto:jose@exemple.fr', 'Un lien copié avec son début.'],
  website: ['www.exemple.fr', 'L’adresse d’un site\u00a0: demander celle de la messagerie.'],
  'at-in-words': ['jose arobase exemple.fr', 'Le signe @ écrit en lettres.'],
  'no-at': ['jose.exemple.fr', 'Il manque le signe @.'],
  'two-addresses': ['jose@exemple.fr, ana@exemple.fr', 'Deux adresses dans la case\u00a0: une seule.'],
  'two-ats': ['jose@@exemple.fr', 'Deux fois le signe @.'],
  brackets: ['José <jose@exemple.fr>', 'Une adresse copiée avec le nom et les signes < et >.'],
  quotes: ['"jose"@exemple.fr', 'Des guillemets dans l’adresse.'],
  comma: ['jose@exemple,fr', 'Souvent une virgule pour un point.'],
  semicolon: ['jose@exemple.fr;', 'Souvent copiée d’une liste.'],
  space: ['jose garcia@exemple.fr', 'Une espace dans l’adresse\u00a0: souvent un point ou un tiret.'],
  accents: ['josé@exemple.fr', 'Un accent ou une lettre d’un autre alphabet avant le @.'],
  characters: ['jose(moi)@exemple.fr', 'Un signe qu’aucune messagerie n’accepte.'],
  dots: ['jose@exemple.fr.', 'Un point au début, à la fin, à côté du @, ou deux de suite.'],
  'local-part': ['@exemple.fr', 'Rien avant le @.'],
  incomplete: ['jose@exemple', 'Il manque la fin\u00a0: .fr, .com…'],
  domain: ['jose@127.0.0.1', 'Ce qui suit le @ n’est pas un domaine.'],
  'too-long': [`${'a'.repeat(65)}@exemple.fr`, 'Plus de 64 caractères avant le @, ou plus de 254 en tout.'],
};

/** One wrong number for each reason; an empty field is not refused, since telephones are optional. */
export const wrongTelephones: Readonly<
  Record<Exclude<TelephoneProblem, 'empty'>, readonly [TelephoneKind, typed: string, agent: string]>
> = {
  characters: ['portable', '06 12 34 56 7x', 'Une lettre ou un signe dans le numéro.'],
  'not-french': ['portable', '+44 7911 123456', 'Numéro étranger\u00a0: laisser vide.'],
  'country-code': [
    'portable',
    '+262 6 50 56 42 78',
    'Indicatif d’outre-mer devant un numéro d’ailleurs\u00a0: écrire le numéro sans indicatif, avec son 0.',
  ],
  length: ['portable', '+33 6 12 34 56', 'Après un indicatif, il manque ou il reste un chiffre.'],
  'length-short': [
    'portable',
    '06 12 34 56',
    'Moins de 10 chiffres\u00a0: souvent un groupe oublié, ou un numéro du Pacifique sans indicatif.',
  ],
  'length-long': [
    'portable',
    '06 12 34 56 789',
    'Plus de 10 chiffres\u00a0: faire relire par groupes de deux.',
  ],
  'no-zero': ['portable', '6 12 34 56 78', 'Le 0 du début manque.'],
  'two-numbers': [
    'portable',
    '06 12 34 56 78 ou 06 12 34 56 79',
    'Deux numéros dans la case\u00a0: un seul.',
  ],
  special: [
    'portable',
    '08 12 34 56 78',
    'Numéro spécial (08 ou semblable)\u00a0: un numéro personnel est demandé.',
  ],
  'not-mobile': ['portable', '01 99 00 12 34', 'Numéro fixe dans la case du portable.'],
  'is-mobile': ['fixe', '06 12 34 56 78', 'Numéro de portable dans la case du fixe.'],
};

const passwordGuide: Readonly<Record<PasswordProblem, string>> = {
  'length-short': 'Ne jamais proposer de mot de passe\u00a0: rappeler le conseil des trois mots.',
  'length-long': 'Le maximum est celui de la politique.',
  'latin-letters': 'Il faut une minuscule et une majuscule sans accent.',
  'digit-or-special': 'Il faut un chiffre ou un signe de la liste.',
  characters: 'Souvent une espace, un accent, ou un signe hors de la liste.',
  personal: 'Même écrits autrement\u00a0: 181262, 1812, décembre 62, 1962.',
  names: 'Nom, prénom ou début de l’adresse email, accents et majuscules ignorés.',
  common: 'Mot de passe courant, même déguisé (p@ssw0rd, Azerty123!), suite ou répétition.',
};

const eligibility = notEligibleTexts.fr;

/** The pages for people who cannot open an account; reasons that close only the card route are not among them. */
const accountBarTitles: Readonly<Record<string, string>> = {
  deceased: eligibility.caisse.title,
  'left-register': eligibility.caisse.title,
  'regime-not-admitted': eligibility.regime.title,
  'ayant-droit': `${eligibility.dependant.title}. Autour de 18 ans\u00a0: ${eligibility.beforeEighteen(null).title}, puis ${eligibility.justEighteen(null, false).title}`,
  'provisional-nir': eligibility.number.title,
  'uncertified-nir': eligibility.number.title,
  'too-young': eligibility.tooYoung(16, null).title,
};

/** What an agent or a trainer can say about what belongs to nobody invented. */
const exerciseGuide: Readonly<Record<RefusedField['what'], string>> = {
  nir: 'Un numéro qui n’est pas celui de la personne jouée\u00a0: le recopier depuis le poste. Rien n’a été gardé.',
  bank: 'Un IBAN qui n’est pas celui de la personne jouée\u00a0: le recopier depuis le poste. Rien n’a été gardé.',
  email: 'Une adresse qui peut être celle de quelqu’un\u00a0: prendre celle du poste. Rien n’a été gardé.',
  telephone: 'Un numéro qui peut être celui de quelqu’un\u00a0: prendre celui du poste. Rien n’a été gardé.',
  file: 'Un fichier peut montrer de vrais papiers\u00a0: continuer sans fichier.',
};

type Row = readonly [code: string, person: string, agent: string];

function family(title: string, where: string, rows: readonly Row[]): string {
  return `
## ${title}

${where}

${table(
  ['Code', 'Shown to the person', 'For the agent'],
  rows.map(([code, person, agent]) => [`\`${code}\``, person, agent]),
)}
`;
}

/** The rows of a table of texts, each reason with what an agent can say about it. */
function rowsOf<Reason extends string>(
  texts: Readonly<Record<Reason, string>>,
  guide: Readonly<Record<Reason, string>>,
): Row[] {
  const known = new Map<string, string>(Object.entries(guide));
  return Object.entries<string>(texts).map(([reason, text]) => {
    const agent = known.get(reason);
    if (agent === undefined) throw new Error(`There is no advice for agents about ${reason}`);
    return [reason, text, agent];
  });
}

function emailRows(): Row[] {
  return Object.entries(wrongEmails).map(([reason, [typed, agent]]) => {
    const reading = readEmail(
      new Typed(
        new Map([
          ['email', typed],
          ['emailConfirmation', typed],
        ]),
      ),
      'fr',
    );
    return [reason, reading.ok ? '' : (reading.problems[0]?.text ?? ''), agent];
  });
}

function telephoneRows(): Row[] {
  return Object.entries(wrongTelephones).map(([reason, [kind, typed, agent]]) => {
    const { problems } = readTelephones(new Typed(new Map([[kind, typed]])), 'fr');
    return [reason, problems[0]?.text ?? '', agent];
  });
}

const deadResets: Readonly<Record<keyof typeof forgottenTexts.fr.dead, string>> = {
  unknown: 'Lien coupé ou recopié de travers, ou compte fermé depuis\u00a0: demander un nouveau message.',
  used: 'Le lien a servi. Si ce n’était pas la personne, traiter comme une usurpation.',
  superseded: 'Un message plus récent existe\u00a0: ouvrir celui-là.',
  expired: 'Plus de 30 minutes\u00a0: demander un nouveau message.',
};

/** The text of docs/refusals.md: every refusal with what the person reads and what an agent can say about it. */
export function refusalsDocument(): string {
  const sections = [
    family(
      'NIR',
      'Identity, signing in, forgotten password: next to the field, 422. Source: `src/civil-status/nir.ts`.',
      rowsOf(identity.nirProblems, nirGuide),
    ),
    family(
      'Date of birth',
      'Identity: next to the boxes, 422. Source: `src/civil-status/birth-date.ts`.',
      rowsOf(identity.birthDateProblems, birthDateGuide),
    ),
    family(
      'Identity not recognised',
      'Identity: above the form, 422. An unknown NIR and a wrong name, date or postal code are one refusal. Source: `src/register/matching.ts`.',
      [
        [
          'identity-refused',
          identity.unknown,
          'Comparer avec le dossier\u00a0: nom de naissance et d’usage, date (00 si inconnue), code postal actuel ou ancien. Ne pas dire à un inconnu lequel diffère.',
        ],
      ],
    ),
    family(
      'Not eligible',
      'After identity. Reasons that prevent an account have a page each, those that close only the card route lead to «autres moyens»; a neutral policy has one page with the same text for all. The codes are stored, encrypted, with the dossier (`bars`). Source: `src/register/eligibility.ts`.',
      Object.entries(ineligibilityGuide).map(
        ([reason, agent]): Row => [reason, accountBarTitles[reason] ?? otherWaysTexts.fr.leadClosed, agent],
      ),
    ),
    family(
      'FranceConnect',
      'A page of its own, with the means that are still open; the table gives its title. Source: `src/franceconnect/outcome.ts`.',
      reasons.flatMap((reason): Row[] => {
        if (reason === 'signed-out' || reason === 'signed-out-here-only') return [];
        const outcome = { reason, purpose: 'creation', until: instant } as const;
        return [[reason, outcomeText(outcomeTexts.fr, outcome).title, franceConnectGuide[reason]]];
      }),
    ),
    family(
      'End of the IBAN',
      'Proof: next to the field, 422. Source: `src/proofs/iban.ts`.',
      rowsOf(card.ibanProblems, ibanTailGuide),
    ),
    family(
      'Serial number, card with photo',
      'Proof: next to the field, 422. Source: `src/proofs/card-serial.ts`.',
      rowsOf(card.serialProblems.photo, cardSerialGuide),
    ),
    family(
      'Serial number, card without photo',
      'Proof: next to the field, 422.',
      rowsOf(card.serialProblems['sans-photo'], cardSerialGuide),
    ),
    family(
      'Proof refused',
      'Proof: above the form, 422. One answer for both values. Source: `src/proofs/verifiers.ts`.',
      [
        [
          'proof-refused',
          card.disagree,
          'Vérifier le compte de versement et la carte en cours. Ne jamais dire laquelle des deux valeurs était fausse.',
        ],
      ],
    ),
    family(
      'Requesting a provisional code',
      'Other ways: above the form, 429. The audit trail has the reason (`code-withheld`): letters, number, client, budget, breaker, mailbox, or suspended tries. Source: `src/codes/holds.ts`.',
      [
        [
          'code-withheld',
          otherWaysTexts.fr.held(otherWaysTexts.fr.by.sms, instant),
          'Proposer un autre moyen, ou attendre l’heure dite\u00a0: un conseiller ne peut pas l’avancer. Un code déjà reçu fonctionne toujours.',
        ],
        [
          'no-channel',
          otherWaysTexts.fr.noChannel('3646'),
          'Compléter les coordonnées du dossier, après vérification de l’identité.',
        ],
      ],
    ),
    family(
      'Typing a provisional code',
      'Provisional code: above the form, 422; the same for a wrong, expired or used code and for a number without a code. The sign-in page has its own sentence. Source: `src/codes/try.ts`.',
      [
        [
          'code-refused',
          codeTexts.fr.refused.nir(codeRules.tries),
          'Vérifier le numéro, puis prendre le code le plus récent. Ne jamais dicter de code ni en demander un.',
        ],
        [
          'code-refused (strict)',
          codeTexts.fr.refused.identity(codeRules.tries),
          'Comme à la page de l’identité : nom de naissance ou d’usage, date de naissance. Ne jamais dire lequel des quatre diffère.',
        ],
        ['misshapen', codeTexts.fr.codeShape, 'Recopier le code sans rien ajouter. L’essai ne compte pas.'],
      ],
    ),
    family(
      'Password',
      'Password, forgotten password, change of password: everything that is wrong, in one message, 422. Source: `src/passwords/rules.ts`.',
      rowsOf(passwordTexts.fr.problems, passwordGuide),
    ),
    family(
      'E-mail address',
      'Contact, correction and change of the address: next to the field, 422. An address that belongs to another account is not refused: its owner gets a mail. Source: `src/contact/email-address.ts`.',
      emailRows(),
    ),
    family(
      'Telephone',
      'Contact, change of the telephones: next to the field, 422. Source: `src/contact/telephone.ts`.',
      telephoneRows(),
    ),
    family(
      'Code of the mail',
      'Waiting page: next to the field, 422. Source: `src/confirmations/try-email-code.ts`.',
      [
        [
          'confirmation-refused',
          confirmation.codeWrong(confirmationRules.codeDigits, confirmationRules.codeTries),
          'Mauvais code, code remplacé, ou plus d’essai\u00a0: le lien du même message marche encore.',
        ],
      ],
    ),
    family(
      'Link of the mail',
      'The page of the link: 200, or 404 when it is unknown. Source: `src/confirmations/link.ts`.',
      [
        ['unknown', confirmation.unknown, 'Lien coupé par la messagerie\u00a0: recopier le code.'],
        ['superseded', confirmation.superseded(instant), 'Un message plus récent existe.'],
        ['dead', confirmation.dead, 'Un nouveau lien peut être demandé sur la page même.'],
        ['expired', confirmation.expired, 'Lien de changement d’adresse, valable 24 heures.'],
        ['over', confirmation.over('3646'), 'Le compte en attente est tombé\u00a0: recommencer la création.'],
        ['used', confirmation.used, 'Rien à faire\u00a0: l’adresse est confirmée.'],
      ],
    ),
    family(
      'Signing in',
      'Sign-in: above the form, 422. An unknown number, a wrong password, a suspended and a disabled account get the same answer; the time is that from which the next try counts. Source: `src/sign-in/judge-password.ts`.',
      [
        [
          'sign-in-refused',
          signInTexts.fr.refused(instant),
          'Attendre l’heure dite, ou choisir «\u00a0Mot de passe oublié\u00a0».',
        ],
        [
          'sign-in-locked',
          signInTexts.fr.refused(instant),
          'Le titulaire a reçu un mail. Si ce n’était pas lui, quelqu’un essaie son numéro.',
        ],
        [
          'account-closed',
          closedTexts.fr.title,
          'Page 403, montrée seulement à qui a le mot de passe\u00a0: la caisse connaît la personne comme décédée, ou ne l’assure plus, et la page dit lequel des deux. Rester sobre\u00a0; aider les proches\u00a0; si c’est une erreur, faire rectifier l’état civil ou l’affiliation\u00a0: le compte est rendu au prochain chargement du registre.',
        ],
      ],
    ),
    family(
      'Link for a new password',
      'Its page: 200, or 404 when it is unknown. Source: `src/sign-in/forgotten/reset-link.ts`.',
      Object.entries(forgottenTexts.fr.dead).map(
        ([state, { text }]): Row => [state, text, new Map(Object.entries(deadResets)).get(state) ?? ''],
      ),
    ),
    family(
      'In an exercise',
      'Every form of a class that learns (`npm run atelier`), and the API there: next to the field, 422. One code, `not-invented`; its text depends on what was typed. Source: `src/workshop/classroom/only-invented.ts`.',
      rowsOf(common.fr.notInvented, exerciseGuide).map(([what, person, agent]) => [
        `not-invented (${what})`,
        person,
        agent,
      ]),
    ),
    family(
      'Any page',
      'Source: `src/web/http/errors.ts`, `src/web/http/gates.ts`, `src/page-parts/blocked-page.ts`.',
      [
        ['400', errors.badRequest.what, 'Envoi illisible ou trop gros.'],
        ['403', errors.expired.what, 'Page ouverte trop longtemps\u00a0: renvoyer, rien n’est perdu.'],
        ['404', errors.notFound.what, 'Adresse recopiée de travers, ou lien coupé.'],
        [
          '429',
          errors.tooMany.what(instant),
          'Trop de pages demandées par une même adresse internet, souvent partagée\u00a0: attendre l’heure dite. Un conseiller ne peut pas l’avancer.',
        ],
        [
          '500',
          errors.broken.what,
          'Noter la référence donnée sur la page et la transmettre à l’exploitation.',
        ],
        ['503', errors.overloaded.what(5), 'Attendre quelques secondes et renvoyer.'],
      ],
    ),
  ];
  return `${generated}

# Refusals

Every refusal: its code in the program, the audit trail or the log; what the person reads (French, from the text files); what
an agent can say or do. The agents’ own pages do not exist yet.

A refusal discloses only what the person needs in order to continue: never which field differs from the register, whether a
NIR is known or has an account, or to whom an address belongs.
${sections.join('')}`;
}
