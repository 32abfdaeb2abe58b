import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { loadPolicy } from '#src/policy/load.ts';
import type { Policy } from '#src/policy/schema.ts';
import { policyWarnings } from '#src/policy/warnings.ts';
import { table } from './markdown.ts';

/** The default comes first; the others are described by their differences from it. */
const first = 'ameli-2025';

/** The source of a preset’s texts and rules. */
const origins: Readonly<Record<string, string>> = {
  'ameli-2025':
    'The default: the guide of the CPAM de la Somme of March 2025, completed from the other tutorials, with one contact page.',
  claire:
    '**Recommended to anyone free to choose.** Plain words (short sentences, one idea in each, «vous», one verb for an act), the proof and the contact details on two screens each, the rules of `renforcee`. It follows no tutorial.',
  isere: 'Guide of the CPAM de l’Isère: creation with FranceConnect, trouble with the confirmation mail.',
  loire: 'Sheet 1.3 of the CPAM de la Loire: carte Vitale and IBAN, otherwise a provisional code.',
  'polymatheia-2020': 'Tutorial of the association Polymatheia, April 2020.',
  renforcee:
    'What the CNIL and OWASP recommend where that conflicts with the tutorials. There is no second factor at sign-in yet; FranceConnect, which is offered first, provides one.',
  'solidarite-numerique-2021': 'Tutorial of Solidarité numérique, 19 March 2021.',
  somme:
    'The guide of the CPAM de la Somme of March 2025 as it stands: contact details on two screens, studies.',
};

/** Labels of tutorials that were kept although they may mislead, and labels that could not be kept. */
const reservations: readonly (readonly [string, string, string])[] = [
  [
    'somme, polymatheia-2020, solidarite-numerique-2021',
    '«Saisissez les 7 derniers chiffres de votre IBAN»',
    'Kept. An IBAN may end with letters: the hint says so, and letters are accepted. `ameli-2025` says «caractères».',
  ],
  [
    'polymatheia-2020, solidarite-numerique-2021',
    '«De 8 à 13 chiffres»',
    'Kept, with a recommendation of 12 digits and a list of common codes that are refused. Weaker than the CNIL asks: see the warnings.',
  ],
  [
    'polymatheia-2020, solidarite-numerique-2021',
    '«Pensez à le modifier régulièrement.»',
    'Kept, although the CNIL no longer asks for it; the page adds when it matters: if somebody may have seen the code.',
  ],
  [
    'polymatheia-2020',
    '«cliquez ici»',
    'Kept as the end of a whole sentence, which is the link: alone it would say nothing to a screen reader.',
  ],
  [
    'every preset',
    '«jj/mm/aaaa»',
    'Not kept: the date is typed in three fields with their own labels. A mask and a calendar are hard to use with a keyboard or a screen reader.',
  ],
  [
    'every preset',
    '«Étape 1 Étape 2 Étape 3»',
    'Not kept: «Étape 1 sur 3» says the same in a way that can be read aloud.',
  ],
  [
    'polymatheia-2020, solidarite-numerique-2021',
    '12 digits are a «mot de passe fort»',
    'Kept as «moyen»: 12 digits are under the 50 bits of the CNIL, but the page does not call weak what it recommends. Fewer digits are «faible».',
  ],
  [
    'solidarite-numerique-2021',
    '«sur ameli.fr ou sur l’application ameli (disponible sur l’App Store et Google Play)», «Téléchargez gratuitement l’appli ameli depuis l’App Store ou Google Play»',
    'Kept with the address of this service, and with the page that installs its application: it is in no store.',
  ],
  [
    'solidarite-numerique-2021',
    '«valider votre adresse email» as two links within sentences',
    'One button with these words: mails of this service have one link, so that people learn to recognise it.',
  ],
  [
    'solidarite-numerique-2021',
    '«du régime des travailleurs salariés (Assurance Maladie, Caisse primaire)»',
    'Kept as «du régime général», with the people it insures today: the self-employed, the retired and students would otherwise believe that the account is not for them. Every preset lists its régimes before the creation.',
  ],
  [
    'solidarite-numerique-2021',
    'Three consents (e-mail, telephone, SMS) in a sentence, four in the picture',
    'The four of the picture.',
  ],
  [
    'every preset',
    '«RETOUR» before «CONTINUER» or «VALIDER», «ANNULER» before «CONTINUER»',
    'Not kept: the button that goes on comes first, as a keyboard and a screen reader meet it first, and as it stands at the top on a telephone.',
  ],
  [
    'every preset',
    '«* champ obligatoire» below the fields, or beside the first subtitle',
    'Before the fields, as is «Tous les champs sont obligatoires.»: what a mark means is said before it is met.',
  ],
  [
    'polymatheia-2020, solidarite-numerique-2021',
    '«De 8 à 13 chiffres» between the two fields',
    'Before both, with the other rules: rules are read before the code is chosen.',
  ],
  [
    'every preset',
    'The icon «?» beside a field, the word «Code postal» within its box',
    'Not kept: help is a sentence that opens («Où trouver …»), and a word within a box disappears when somebody types.',
  ],
  [
    'somme, polymatheia-2020',
    'Name, number, date and postal code as fields on the proof page',
    'Shown again but not asked again: «Modifier» leads back to them. In the other presets the page has its own title, so that two pages never have the same.',
  ],
  [
    'somme, ameli-2025',
    'Who refuses studies «recevra toutes les autres communications (promotion, prévention, information)»',
    'Not kept: promotion is sent only to people who agreed to it.',
  ],
  [
    'somme',
    'On the application, only the carte Vitale and the IBAN open an account',
    'Not kept: the application is this site, with all its ways.',
  ],
  [
    'somme, loire',
    'Contact the caisse first, then FranceConnect; a code «par courrier, par e-mail ou par sms»',
    'Every way is offered, the fastest first: FranceConnect, SMS, e-mail, letter, and the caisse.',
  ],
  [
    'loire',
    '«mot de passe provisoire», «mot de passe à 4 ou 8 chiffres»',
    'Called «code provisoire» everywhere, as the sheet itself goes on to call it: «mot de passe» is only what the person chooses. The sign-in page says «Mon mot de passe (ou provisoire à 4 ou 8 chiffres)».',
  ],
  [
    'isere',
    'FranceConnect signs in to «plus de 700 services»',
    'Without the number, in the sentence that FranceConnect prescribes today.',
  ],
  ['somme', 'No step for the terms in its pictures', 'The step exists: an account requires accepted terms.'],
  [
    'polymatheia-2020, solidarite-numerique-2021, loire',
    'The 5 latest statements stay in the account; without the terms, no account',
    'In the detailed terms, and on the page after a refusal: the tutorials say it in their own words.',
  ],
  [
    'every preset',
    'The star of «champ obligatoire»',
    'After the label of every required field, even where a tutorial’s picture lacks it; not where the page says that every field is required (sign-in), as in the tutorial.',
  ],
  [
    'isere',
    '«Mon code personnel (ou provisoire à 4 chiffres)»',
    'Kept, with codes of 4 digits as it says: three tries in all, then another way. See the warnings.',
  ],
  [
    'solidarite-numerique-2021',
    '«Confirmer le code personnel», «Confirmez votre adresse email»',
    'Only in its sentences. The labels follow the pictures of the same pages: «Confirmez le code personnel», «Je confirme mon adresse email».',
  ],
  [
    'solidarite-numerique-2021',
    '«Sélectionner», «Confirmer», «Valider», «Continuer»',
    'Written in capitals, as in the pictures of the tutorials.',
  ],
  [
    'loire, polymatheia-2020, solidarite-numerique-2021',
    '«COMPTE AMELI» (icon), cookies, new tab',
    'Not kept: they belong to the public site that links here. This site sets no cookie that needs consent.',
  ],
  [
    'solidarite-numerique-2021',
    '«Site Ameli» (foot of the page)',
    'Not kept: this service is not affiliated with it, and links to it only where people can write to their caisse (`support.form`).',
  ],
];

/** Names of the presets, the default first. */
function presetNames(): readonly string[] {
  const folder = new URL('../../policies/', import.meta.url);
  const names = readdirSync(folder).map((file) => basename(file, '.json'));
  return [first, ...names.filter((name) => name !== first).sort()];
}

/** Presets, what each changes, its warnings, and the reservations about labels. */
export function presetsSection(fieldsOf: (policy: Policy) => readonly [string, string][]): string {
  const names = presetNames();
  const usual = new Map(fieldsOf(loadPolicy(first)));
  const changes = names.map((name): [string, string, string, string] => {
    const policy = loadPolicy(name);
    const changed = fieldsOf(policy)
      .filter(([field, value]) => field !== 'name' && usual.get(field) !== value)
      .map(([field, value]) => `\`${field}\`: \`${value}\``);
    const warned = policyWarnings(policy).map(({ rule }) => `\`${rule}\``);
    return [`\`${name}\``, originOf(name), changed.join('<br>') || 'nothing', warned.join('<br>') || 'none'];
  });
  return `## Presets

Each preset is a complete file, tested step by step in a browser with the labels of its tutorial (\`test/walks/\`). The table
lists its differences from \`${first}\`, and the fields that cause a warning at start.

${table(['Preset', 'Follows', 'Differences', 'Warnings'], changes)}

### Labels kept with reservations, or not kept

${table(['Preset', 'Label', 'Treatment'], reservations)}
`;
}

function originOf(name: string): string {
  const origin = origins[name];
  if (origin === undefined) throw new Error(`The preset ${name} is not explained`);
  return origin;
}
