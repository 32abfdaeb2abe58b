import { loadPolicy } from '#src/policy/load.ts';
import { policySchema } from '#src/policy/schema.ts';
import { policyWarnings } from '#src/policy/warnings.ts';
import { generated, table } from './markdown.ts';
import { presetsSection } from './presets.ts';

const window = 'list of `{max, perSeconds}`: so many failures within so many seconds';

/** What each field decides. The document is not made when one is missing here, or is here and no longer in the schema. */
const meanings: Readonly<Record<string, string>> = {
  name: 'Name of the policy, logged at start.',
  regimes:
    'Régimes whose members may enrol: `code`, and the first and last day, both included (`null`: no limit).',
  'identity.minimumAge': 'Age in full years from which somebody may enrol.',
  'identity.answer':
    '`open`: somebody who may not enrol is told the reasons that they may know; `neutral`: one answer whatever the register says.',
  'franceConnect.position': 'Whether FranceConnect stands before or after our own means: `first`, `last`.',
  'franceConnect.sessionMinutes': 'Minutes after which a session opened by FranceConnect ends in any case.',
  'codes.askedWith':
    'What is typed with a provisional code, by whichever channel it came: `nir`; `identity`: also name and date of birth, as for the identity (a letter that somebody else opened is then worth nothing, and the sign-in page takes no code).',
  'codes.sms.digits': 'Digits of a provisional code sent by SMS.',
  'codes.sms.minutes': 'How long it works.',
  'codes.email.digits': 'Digits of a provisional code sent by e-mail.',
  'codes.email.minutes': 'How long it works.',
  'codes.letter.form':
    'What a code on a letter is made of: `characters` (letters and digits that are not mistaken for one another) or `digits`.',
  'codes.letter.length': 'How many of them.',
  'codes.letter.days': 'How many days it works.',
  'codes.letter.daysOverseas': 'The same for a letter overseas or abroad.',
  'codes.letter.reminderDays': 'Days after which a letter that was not used is reminded of.',
  'codes.tries': 'Tries in the whole life of a provisional code.',
  'proof.ibanShown':
    'What the proof page recalls of the IBAN on file: `masked` (all but the branch and the 7 last characters; of a foreign IBAN only the country and check digits), `country`, `nothing`.',
  'proof.photoCardPrefix':
    'Printed start of the serial number of a card with photo, dropped when it is typed.',
  'proof.photoCardDigits': 'How many digits are typed for a card with photo.',
  'proof.plainCardDigits': 'How many digits are typed for a card without photo.',
  'terms.version': 'Version kept with each acceptance, next to a hash of the text.',
  'password.word':
    'The word on the pages and in the mails: `mot de passe` or `code personnel`. With the composition it also chooses the labels of the form: those of 2025, the «nouveau code» of Isère, or the code of digits of 2020 and 2021.',
  'password.minimum': 'Fewest characters (code points).',
  'password.maximum': 'Most characters.',
  'password.composition':
    '`mixed`: lower and upper case letters without accent, and a digit or a special, nothing else; `digits`: digits only; `free`: anything but control characters.',
  'password.specials': 'The special characters of `mixed`.',
  'password.recommended': 'How many characters the page advises; `null`: it advises three words instead.',
  'contact.uniqueEmail': 'Whether an address serves one account only.',
  'contact.layout':
    '`one-page`; `two-screens`: the address, then the telephones; `telephones-on-request`: one page, whose telephones open on request. A form that brings everything at once is taken in each of them.',
  'contact.telephones': 'Both kinds of number, in the order of the page.',
  'contact.consents':
    'Consents that are asked, in the order of the page. Each is «Non» unless the person says «Oui».',
  'confirmation.linkActiveDays': 'How many days a link works: to the end of that day in Paris.',
  'confirmation.selfResendUntilDays':
    'Until when the person can ask for a fresh link, and the unconfirmed account holds the address.',
  'confirmation.reminderDays': 'Days after the creation on which an unconfirmed account is reminded.',
  'confirmation.codeDigits': 'Digits of the code in the mail, at least 6.',
  'confirmation.codeTries': 'Tries in the whole life of a code.',
  'confirmation.resendEverySeconds': 'Least time between two messages.',
  'confirmation.resendPerDay': 'Messages asked for within 24 hours, beside the first.',
  'confirmation.resendPerAccount': 'Messages asked for in all.',
  'limits.identityPerPerson': `Identity page, per NIR, known or not: ${window}.`,
  'limits.proofPerPerson': 'Proof page, per NIR: as above.',
  'limits.failuresPerAddress':
    'Failures of each kind (identities, proofs, codes, passwords, demands for a new one …), per client address, an IPv6 /56 four times and a /48 sixteen times as many: as above.',
  'limits.requestsPerAddress': 'Requests of all kinds, per client address: one `{max, perSeconds}`.',
  'limits.signInPerPerson': 'Failures to sign in, per NIR, known or not: as above.',
  'limits.signInPerPersonAndAddress': 'Failures to sign in, per NIR and client address: as above.',
  'limits.signInDelays':
    'After so many failures in a row from one client address, the next try from there waits so many seconds; as many as in the last entry, wherever from, also write to the owner.',
  'limits.signInDelaysPerPerson':
    'After so many failures in a row wherever from, the next try from anywhere but a known browser waits so many seconds.',
  'limits.signInDisabledAfter':
    'Failures in a row that end the password: only a new one by e-mail opens the account again.',
  'limits.mailsPerAddress':
    'Mails to one mailbox that somebody else can cause, all accounts together: by whoever knows a number or an identity, and as many by people who have proved who they are.',
  'limits.codesPerPerson': `Wrong provisional codes, per NIR, whichever code: ${window}.`,
  'limits.lettersPerPerson': 'Letters asked for, per person: as above.',
  'limits.smsPerNumber': 'SMS to one number: as above.',
  'limits.smsPerAddress': 'SMS asked for, per client address: as above.',
  'limits.smsBudget': 'SMS of the whole installation: one `{max, perSeconds}`.',
  'limits.smsBreaker.sample': 'No SMS leaves while, of the last so many codes by SMS …',
  'limits.smsBreaker.usedAtLeast': '… less than this share was used.',
  'notices.secondSenderDomains':
    'Domains of recipients that are written to from the second sender address (`MAIL_SECOND_FROM`).',
  'session.enrolmentIdleMinutes': 'Enrolling: minutes without a request after which the session ends.',
  'session.enrolmentAbsoluteMinutes': 'Enrolling: minutes after which it ends in any case.',
  'session.accountIdleMinutes': 'Signed in: minutes without a request.',
  'session.accountAbsoluteMinutes': 'Signed in: minutes in any case.',
  'session.warningSeconds': 'How long before the end the page announces it.',
  'retention.unusedAccountDays':
    'Days without a sign-in after which an account is deleted, with all that it holds.',
  'retention.warningDays': 'How many days before, at least, its owner is warned by mail.',
  'support.telephone': 'Number shown where the caisse has none of its own.',
  'wording.nir': 'Label of the number: `short` («Mon n° de …») or `long` («Mon numéro de …»).',
  'wording.ibanEnd':
    'What the last 7 of the IBAN are called: `chiffres` or `caractères`. Letters are taken with both.',
  'wording.contact':
    'Texts of the contact page and of its consents: `services` («informations promotionnelles sur ses services») or `newsletter` (those of 2020).',
  'wording.activationMail':
    'The mail that confirms the address: `confirm` («merci de confirmer votre email») or `days-left` («vous ne disposez que de 7 jours»).',
  'support.mailbox':
    'Address of the support, or `null`. Shown where the caisse has none of its own: after the last day of a confirmation, and among the other ways.',
  serviceName: 'Name of the service on pages and in mails.',
};

/** The text of docs/policy.md. */
export function policyDocument(): string {
  const preset = loadPolicy('ameli-2025');
  const rows = fieldsOf(policySchema.shape, preset);
  const unknown = Object.keys(meanings).filter((name) => !rows.some(([field]) => field === name));
  if (unknown.length > 0) throw new Error(`Not in the policy: ${unknown.join(', ')}`);
  return `${generated}

# The policy file

What differs from one caisse, year or tutorial to another is one JSON file, checked at start: \`POLICY\` names a
preset of \`policies/\` or the path of a file of yours. An unknown, missing or badly shaped field stops the start with
a list of all of them. To make your own, copy the preset that is nearest and change its \`name\`.

What only security decides (cost of a hash, keys, sizes) is configuration, not policy: see
[configuration.md](configuration.md).

${table(
  ['Field', 'Decides', 'In `ameli-2025`'],
  rows.map(([name, value]) => [`\`${name}\``, meaningOf(name), `\`${value}\``]),
)}

${presetsSection((policy) => fieldsOf(policySchema.shape, policy))}
## Warnings

A policy weaker than what the CNIL (délibération 2022-100) or OWASP ASVS 5.0 ask may be used, knowingly: each
weakness is logged at start (\`policyWarning\`) and shown by \`compte doctor\`. \`src/policy/warnings.ts\` holds the
rules. The preset \`ameli-2025\` follows the public tutorials and has these:

${table(
  ['Field', 'Warning'],
  policyWarnings(preset).map(({ rule, text }) => [`\`${rule}\``, text]),
)}
`;
}

function meaningOf(name: string): string {
  const meaning = meanings[name];
  if (meaning === undefined) throw new Error(`The policy’s field ${name} is not explained`);
  return meaning;
}

/** Fields of the schema, those of a group with its name before, each with its value in a policy. */
function fieldsOf(shape: object, policy: object): [string, string][] {
  return Object.entries(shape).flatMap(([name, schema]): [string, string][] => {
    const value: unknown = Reflect.get(policy, name);
    const inner: unknown = Reflect.get(schema, 'shape');
    const isLimit = value instanceof Object && 'perSeconds' in value;
    if (inner instanceof Object && value instanceof Object && !isLimit)
      return fieldsOf(inner, value).map(([field, shown]) => [`${name}.${field}`, shown]);
    return [[name, shownValue(value)]];
  });
}

function shownValue(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const text = JSON.stringify(value);
  return text.length <= 120 ? text : `${JSON.stringify(value[0])} and ${value.length - 1} more`;
}
