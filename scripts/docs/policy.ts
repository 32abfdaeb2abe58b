import { accessibilitySchema } from '#src/policy/accessibility.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { policySchema } from '#src/policy/schema.ts';
import { policyWarnings } from '#src/policy/warnings.ts';
import { generated, table } from './markdown.ts';
import { presetsSection } from './presets.ts';

const window = 'list of `{max, perSeconds}`: at most `max` failures within `perSeconds` seconds';

/** What each field decides. Building the document fails when a field is missing here, or is no longer in the schema. */
const meanings: Readonly<Record<string, string>> = {
  name: 'Name of the policy, logged at start.',
  regimes:
    'Régimes whose members may enrol: `code`, and the first and last day, both included (`null`: no limit).',
  'identity.minimumAge': 'Minimum age, in full years, for enrolment.',
  'identity.answer':
    '`open`: a person who may not enrol learns the reasons that may be disclosed; `neutral`: one answer, whatever the register says.',
  'franceConnect.position':
    'Whether FranceConnect is offered before or after the other means: `first`, `last`; `none`: not at all.',
  'franceConnect.sessionMinutes': 'Maximum length of a session opened by FranceConnect, in minutes.',
  'codes.askedWith':
    'What is typed together with a provisional code of any channel: `nir`; `identity`: also name and date of birth, as on the identity page (a letter opened by somebody else is then useless, and the sign-in page accepts no code).',
  'codes.sms.digits': 'Digits of a provisional code sent by SMS.',
  'codes.sms.minutes': 'How long it is valid.',
  'codes.email.digits': 'Digits of a provisional code sent by e-mail.',
  'codes.email.minutes': 'How long it is valid.',
  'codes.letter.form':
    'What a code in a letter consists of: `characters` (letters and digits that are not mistaken for one another) or `digits`.',
  'codes.letter.length': 'How many of them it has.',
  'codes.letter.days': 'How many days it is valid.',
  'codes.letter.daysOverseas': 'The same for a letter overseas or abroad.',
  'codes.letter.reminderDays': 'Days after which the person gets a reminder of an unused letter.',
  'codes.tries': 'Tries over the life of a provisional code.',
  'proof.layout':
    '`one-page`; `two-screens`: the end of the IBAN, then the serial number of the card. Both values are judged together, after the second screen. A form with all fields at once is accepted in each layout.',
  'proof.ibanShown':
    'What the proof page shows of the IBAN on file: `masked` (all but the branch and the last 7 characters; of a foreign IBAN only the country and check digits), `country`, `nothing`.',
  'proof.photoCardPrefix':
    'Printed start of the serial number of a card with photo, ignored when it is typed.',
  'proof.photoCardDigits': 'Number of digits typed for a card with photo.',
  'proof.plainCardDigits': 'Numbers of digits that are accepted for a card without photo.',
  'terms.version': 'Version stored with each acceptance, together with a hash of the text.',
  'password.word':
    'The term on the pages and in the mails: `mot de passe` or `code personnel`. Together with the composition it also selects the labels of the form: those of 2025, the «nouveau code» of Isère, or the code of digits of 2020 and 2021.',
  'password.minimum': 'Minimum number of characters (code points).',
  'password.maximum': 'Maximum number of characters.',
  'password.composition':
    '`mixed`: lower and upper case letters without accents, and a digit or a special character, nothing else; `digits`: digits only; `free`: anything except control characters.',
  'password.specials': 'The special characters of `mixed`.',
  'password.recommended':
    'How many characters the page recommends; `null`: it recommends three words instead.',
  'contact.uniqueEmail': 'Whether an address can belong to one account only.',
  'contact.layout':
    '`one-page`; `two-screens`: the address, then the telephones; `telephones-on-request`: one page that shows the telephone fields on request. A form with all fields at once is accepted in each layout.',
  'contact.telephones': 'Both kinds of telephone number, in the order of the page.',
  'contact.consents':
    'Consents that are asked for, in the order of the page. Each is «Non» unless the person chooses «Oui».',
  'confirmation.linkActiveDays': 'How many days a link is valid: to the end of that day in Paris.',
  'confirmation.selfResendUntilDays':
    'Until which day the person can ask for a new link, and the unconfirmed account keeps its claim on the address.',
  'confirmation.reminderDays':
    'Days after creation on which the person gets a reminder of an unconfirmed account.',
  'confirmation.codeDigits': 'Digits of the code in the mail, at least 6.',
  'confirmation.codeTries': 'Tries over the life of a code.',
  'confirmation.resendEverySeconds': 'Minimum time between two messages.',
  'confirmation.resendPerDay': 'Messages that can be asked for within 24 hours, besides the first.',
  'confirmation.resendPerAccount': 'Messages that can be asked for in total.',
  'limits.identityPerPerson': `Failures on the identity page, per NIR, known or not: ${window}.`,
  'limits.proofPerPerson': 'Failures on the proof page, per NIR: as above.',
  'limits.failuresPerAddress':
    'Failures of each kind (identities, proofs, codes, passwords, requests for a new one …), per client address; four times as many for an IPv6 /56, sixteen times for a /48: as above.',
  'limits.requestsPerAddress': 'Requests of all kinds, per client address: one `{max, perSeconds}`.',
  'limits.signInPerPerson': 'Failures to sign in, per NIR, known or not: as above.',
  'limits.signInPerPersonAndAddress': 'Failures to sign in, per NIR and client address: as above.',
  'limits.signInDelays':
    'List of failures in a row from one client address and the seconds that the next try from there must then wait; when the failures from all addresses reach the last entry, the owner also gets a mail.',
  'limits.signInDelaysPerPerson':
    'The same for failures in a row from all addresses: the next try must wait, except from a known browser.',
  'limits.signInDisabledAfter':
    'Failures in a row that disable the password: only a new one, chosen by e-mail, opens the account again.',
  'limits.mailsPerAddress':
    'Mails to one mailbox, over all accounts, that others can cause: people who know a number or an identity, and separately as many by people who have proved who they are.',
  'limits.codesPerPerson': `Wrong provisional codes, per NIR, over all codes: ${window}.`,
  'limits.lettersPerPerson': 'Letters requested, per person: as above.',
  'limits.smsPerNumber': 'SMS to one number: as above.',
  'limits.smsPerAddress': 'SMS requested, per client address: as above.',
  'limits.smsBudget': 'SMS of the whole installation: one `{max, perSeconds}`.',
  'limits.smsBreaker.sample': 'No SMS is sent while, of this number of latest SMS codes …',
  'limits.smsBreaker.usedAtLeast': '… less than this share was used.',
  'notices.secondSenderDomains':
    'Domains of recipients to which mails are sent from the second sender address (`MAIL_SECOND_FROM`), without the word «confirm».',
  'session.enrolmentIdleMinutes': 'Enrolling: minutes without a request after which the session ends.',
  'session.enrolmentAbsoluteMinutes': 'Enrolling: maximum length of the session, in minutes.',
  'session.accountIdleMinutes': 'Signed in: minutes without a request after which the session ends.',
  'session.accountAbsoluteMinutes': 'Signed in: maximum length of the session, in minutes.',
  'session.warningSeconds': 'How many seconds before the end the page announces it.',
  'account.payments':
    'How far back payments are shown: `{months}`, or `{statements}` for that number of latest months with a payment.',
  'account.unread.reminderDays':
    'Days after which a document that matters, still unread, is reminded of by mail.',
  'account.unread.paperDays': 'Days after which it goes by post, once.',
  'account.answerDays': 'Within how many working days an answer to a message is announced.',
  'account.offlineDays':
    'For how many days a browser may keep what it has shown, where its person chooses to read without a network.',
  'retention.unusedAccountDays':
    'Days without a sign-in after which an account and all its data are deleted.',
  'retention.warningDays': 'How many days before the deletion, at least, its owner is warned by mail.',
  'departure.keepAccountDays':
    'For how many days the account of somebody who left the register stays open, to be read, before it is closed.',
  'retention.documentMonths': 'Months after which documents and messages are deleted, read or not.',
  'support.telephone': 'Telephone number shown where the caisse has none of its own.',
  'wording.style':
    'The words of all texts: `tutorial` (those of the tutorials) or `plain` (short sentences, usual words, dates with their weekday).',
  'support.hours': 'When somebody answers it, `{fr, en}`, or `null`: on the help page.',
  'wording.nir': 'Label of the number: `short` («Mon n° de …») or `long` («Mon numéro de …»).',
  'wording.ibanEnd':
    'What the last 7 characters of the IBAN are called: `chiffres` or `caractères`. Letters are accepted with both.',
  'wording.proofTitle':
    'Title of the proof page: `own` («Accédez immédiatement à votre compte») or `creation` («JE CRÉE MON COMPTE AMELI», with that as its subtitle).',
  'wording.contact':
    'Texts of the contact page and of its consents: `services` («informations promotionnelles sur ses services») or `newsletter` (those of 2020).',
  'wording.activationMail':
    'The mail that confirms the address: `confirm` («merci de confirmer votre email») or `days-left` («vous ne disposez que de 7 jours»).',
  'support.mailbox':
    'E-mail address of the support, or `null`. Shown where the caisse has none of its own: after the last day of a confirmation, and among the other means.',
  'support.form':
    'Address of the page where people can write, `https://…` or a path of this site, or `null`. Offered to people who cannot telephone: on the help page, and wherever a page stops somebody.',
  'support.relay':
    'Telephone relay for people who do not hear or speak well (Acceo, Elioz …): `{name, address}`, or `null`. In the footer of every page, on the help page, and wherever a page stops somebody. Without it those pages offer the mailbox and the form; without these, a letter.',
  accessibility:
    'The accessibility statement of the body, or `null` while it has published none: see [below](#the-accessibility-statement).',
  serviceName: 'Name of the service on pages and in mails.',
};

/** The same for the fields of the accessibility statement. */
const statementMeanings: Readonly<Record<string, string>> = {
  body: 'The body that publishes the service and the statement.',
  state:
    '`totale`, `partielle` or `non`. An audit must have found all criteria met for the first, half of them for the second; without an audit only `non` is accepted. On every page: «Accessibilité : partiellement conforme».',
  audit:
    'Who audited (`by`), when (`on`), with which `version` of the RGAA, the `rate` of applicable criteria met in percent; `technologies`, `environments`, `tools` and `pages` of the audit. `null`: no valid audit.',
  notConform: 'Contents that do not conform, each `{fr, en}`.',
  derogations: 'Derogations for disproportionate burden, each with its grounds and the alternative.',
  exempt: 'Contents that the law exempts.',
  establishedOn: 'Day on which the statement was established.',
  updatedOn: 'Day on which it was updated, or `null`.',
  contact: 'Where people report a defect in writing: `mailbox`, `form`, or both.',
  plans:
    'Addresses of the multi-year plan (`multiYear`) and of this year’s plan (`annual`) that article 47 of the law of 11 February 2005 asks for; `null` where not published.',
};

/** The text of docs/policy.md. */
export function policyDocument(): string {
  const preset = loadPolicy('ameli-2025');
  const rows = fieldsOf(policySchema.shape, preset);
  const unknown = Object.keys(meanings).filter((name) => !rows.some(([field]) => field === name));
  if (unknown.length > 0) throw new Error(`Not in the policy: ${unknown.join(', ')}`);
  return `${generated}

# The policy file

Everything that differs between caisses, years or tutorials is in one JSON file, checked at start: \`POLICY\` is the name of
a preset of \`policies/\` or the path of your own file. When fields are unknown, missing or invalid, the service lists all of
them and does not start. To write your own policy, copy the closest preset and change its \`name\`.

What depends on security alone (hash costs, keys, sizes) is configuration, not policy: see
[configuration.md](configuration.md).

${table(
  ['Field', 'Decides', 'In `ameli-2025`'],
  rows.map(([name, value]) => [`\`${name}\``, meaningOf(name), `\`${value}\``]),
)}

## The accessibility statement

A body that offers a public service online publishes an accessibility statement (article 47 of law no. 2005-102, arrêté of
20 September 2019): the page \`/accessibilite\`, from the field \`accessibility\`. While the field is \`null\` the page says that
the body has published no audit of this installation, which the law calls «non conforme», and reports what the project’s own
audit found ([rgaa.md](rgaa.md)). In the demo, that audit is the statement.

${table(
  ['Field of `accessibility`', 'Contains'],
  Object.keys(accessibilitySchema.shape).map((name) => {
    const meaning = statementMeanings[name];
    if (meaning === undefined) throw new Error(`The field ${name} of the statement is not explained`);
    return [`\`${name}\``, meaning];
  }),
)}

${presetsSection((policy) => fieldsOf(policySchema.shape, policy))}
## Warnings

A policy may be weaker than the CNIL (délibération 2022-100) or OWASP ASVS 5.0 ask: each weakness is logged at start
(\`policyWarning\`; a log in text, as in the demo, only counts them) and shown by \`compte doctor\`. The rules are in \`src/policy/warnings.ts\`. The preset \`ameli-2025\`
follows the public tutorials and has these:

${table(
  ['Field', 'Warning'],
  policyWarnings(preset).map(({ rule, text }) => [`\`${rule}\``, text]),
)}
`;
}

function meaningOf(name: string): string {
  const meaning = meanings[name];
  if (meaning === undefined) throw new Error(`The policy field ${name} is not explained`);
  return meaning;
}

/** Fields of the schema, those of a group prefixed with its name, each with its value in a policy. */
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
