import { z } from 'zod';
import { parseEmail } from '#src/contact/email-address.ts';
import { parseServiceTelephone } from '#src/contact/service-telephone.ts';
import { accessibilitySchema, bilingual, mailbox, webAddress } from '#src/policy/accessibility.ts';
import { regimeOf } from '#src/policy/regimes.ts';
import { clean } from '#src/texts/clean.ts';

const day = z.iso.date();

/** A code of the closed list that the register uses too. */
const regime = z.string().refine((code) => regimeOf(code) !== null, 'names no régime that is known');

const telephone = z.string().transform((typed, context) => {
  const shown = parseServiceTelephone(typed);
  if (shown === null) context.addIssue('is no number that can be called in France');
  return shown ?? z.NEVER;
});

/** The domain of an address, as addresses are compared. */
const domain = z.string().transform((typed, context) => {
  const email = parseEmail(`x@${clean(typed)}`);
  if (!email.ok) context.addIssue('is no domain');
  return email.ok ? email.shownDomain : z.NEVER;
});

/** A number of failures within a duration in seconds. */
const failureLimit = z.strictObject({ max: z.int().positive(), perSeconds: z.int().positive() });

/**
 * What differs from one caisse, year or tutorial to another. One JSON file, checked at start.
 *
 * Durations are in the unit of their name. Numbers that only security decides (hash cost, header sizes)
 * are configuration, not policy.
 */
export const policySchema = z.strictObject({
  name: z.string(),
  /** Régimes whose members may enrol, and since or until when (both days included). */
  regimes: z.array(z.strictObject({ code: regime, validFrom: day.nullable(), validTo: day.nullable() })),
  identity: z.strictObject({
    minimumAge: z.int(),
    /**
     * `open`: a person who may not enrol, or not by card, learns the reason if it is one that they may know; `neutral`:
     * one answer for every reason.
     */
    answer: z.enum(['open', 'neutral']),
  }),
  franceConnect: z.strictObject({
    /** Before or after our own means, on the pages that offer both; `none`: it is not offered. */
    position: z.enum(['first', 'last', 'none']),
    /** The longest duration of an account session opened by FranceConnect. */
    sessionMinutes: z.int().positive(),
  }),
  /** The provisional codes of each channel. `characters`: letters and digits that are not mistaken for one another. */
  codes: z.strictObject({
    /**
     * What is typed with a code: the NIR alone, or the name and the birth date too, so that a letter which somebody
     * else opened is worth nothing. The same for every channel: the form cannot know by which one the code came.
     */
    askedWith: z.enum(['nir', 'identity']),
    sms: z.strictObject({ digits: z.int().min(4), minutes: z.int().positive() }),
    email: z.strictObject({ digits: z.int().min(4), minutes: z.int().positive() }),
    letter: z.strictObject({
      form: z.enum(['characters', 'digits']),
      length: z.int().min(4),
      days: z.int().positive(),
      daysOverseas: z.int().positive(),
      reminderDays: z.int().positive(),
    }),
    /** In the whole life of a code. */
    tries: z.int().positive(),
  }),
  proof: z.strictObject({
    /** `two-screens`: the end of the IBAN, then the serial number; both are judged together, after the second. */
    layout: z.enum(['one-page', 'two-screens']),
    /** `masked`: all but the bank's branch and the 7 last characters; `country`: `FR`; `nothing`. */
    ibanShown: z.enum(['masked', 'country', 'nothing']),
    photoCardPrefix: z.string().regex(/^\d+$/),
    photoCardDigits: z.array(z.int().positive()).min(1),
    plainCardDigits: z.array(z.int().positive()).min(1),
  }),
  terms: z.strictObject({ version: z.string() }),
  password: z.strictObject({
    /** The word on the pages: a «mot de passe» or the older «code personnel». */
    word: z.enum(['mot de passe', 'code personnel']),
    minimum: z.int(),
    maximum: z.int(),
    /** `mixed`: lower and upper case letters and a digit or special; `digits`: digits only; `free`: anything. */
    composition: z.enum(['mixed', 'digits', 'free']),
    specials: z.string(),
    /** How many characters the page advises; null: it advises words instead. */
    recommended: z.int().positive().nullable(),
  }),
  contact: z.strictObject({
    uniqueEmail: z.boolean(),
    /**
     * `one-page`; `two-screens`: the address, then the telephones; `telephones-on-request`: one page that shows the
     * telephones on request.
     */
    layout: z.enum(['one-page', 'two-screens', 'telephones-on-request']),
    /** Which number is asked first. */
    telephones: z.tuple([z.enum(['portable', 'fixe']), z.enum(['portable', 'fixe'])]),
    /** Consents asked, in the order of the page: each follows the address or the number that it is about. */
    consents: z.array(
      z.enum([
        'promoEmail',
        'promoPortableTelephone',
        'promoPortableSms',
        'promoFixeTelephone',
        'contactTelephone',
        'contactSms',
        'etudes',
      ]),
    ),
  }),
  confirmation: z.strictObject({
    linkActiveDays: z.int().positive(),
    selfResendUntilDays: z.int().positive(),
    reminderDays: z.array(z.int().positive()),
    codeDigits: z.int().min(6),
    codeTries: z.int().positive(),
    resendEverySeconds: z.int(),
    resendPerDay: z.int(),
    resendPerAccount: z.int(),
  }),
  limits: z.strictObject({
    identityPerPerson: z.array(failureLimit),
    proofPerPerson: z.array(failureLimit),
    failuresPerAddress: z.array(failureLimit),
    requestsPerAddress: failureLimit,
    signInPerPerson: z.array(failureLimit),
    signInPerPersonAndAddress: z.array(failureLimit),
    /** Delay before the next attempt after consecutive failures of a person from one address. */
    signInDelays: z.array(z.strictObject({ failures: z.int(), seconds: z.int() })),
    /** The same for all addresses together: shorter, since an attacker can make the owner wait. */
    signInDelaysPerPerson: z.array(z.strictObject({ failures: z.int(), seconds: z.int() })),
    signInDisabledAfter: z.int(),
    mailsPerAddress: failureLimit,
    /** Wrong codes of a person, whichever code: a new one never resets them. */
    codesPerPerson: z.array(failureLimit),
    lettersPerPerson: z.array(failureLimit),
    smsPerNumber: z.array(failureLimit),
    smsPerAddress: z.array(failureLimit),
    /** All SMS of the installation. */
    smsBudget: failureLimit,
    /** No SMS is sent while less than this share of the latest codes (`sample`) was used. */
    smsBreaker: z.strictObject({ sample: z.int().positive(), usedAtLeast: z.number().min(0).max(1) }),
  }),
  session: z.strictObject({
    enrolmentIdleMinutes: z.int(),
    enrolmentAbsoluteMinutes: z.int(),
    accountIdleMinutes: z.int(),
    accountAbsoluteMinutes: z.int(),
    warningSeconds: z.int(),
  }),
  notices: z.strictObject({
    /** Domains of recipients that are written to from the second sender address, where one is configured. */
    secondSenderDomains: z.array(domain),
  }),
  account: z.strictObject({
    /** How far back payments are shown: a number of months, or of the latest months with a payment. */
    payments: z.union([
      z.strictObject({ months: z.int().positive() }),
      z.strictObject({ statements: z.int().positive() }),
    ]),
    /**
     * A deposited document that matters and stays unread: after `reminderDays` a mail reminds of it, after `paperDays` it
     * goes by post.
     */
    unread: z
      .strictObject({ reminderDays: z.int().positive(), paperDays: z.int().positive() })
      .refine(({ reminderDays, paperDays }) => reminderDays < paperDays, 'the reminder comes first'),
    /** Within how many working days an answer to a message is announced. */
    answerDays: z.int().positive(),
    /** For how many days a browser may keep what it has shown, where its person chooses to read without a network. */
    offlineDays: z.int().positive(),
  }),
  retention: z.strictObject({
    /** An account without a sign-in for this time is deleted, at least `warningDays` after a warning. */
    unusedAccountDays: z.int().positive(),
    warningDays: z.int().positive(),
    /** Documents and messages are deleted after this time; a person’s payments as soon as no page shows them. */
    documentMonths: z.int().positive(),
  }),
  departure: z.strictObject({
    /**
     * How many days the account of somebody who left the register stays open, to be read: their person is told, what arrives
     * goes on paper too, and then it is closed. Coming back within that time undoes it.
     */
    keepAccountDays: z.int().positive(),
  }),
  /** Which of the texts that we know stand on the pages: each tutorial has its own. */
  wording: z.strictObject({
    /** `tutorial`: the words of the tutorials; `plain`: short sentences and usual words. */
    style: z.enum(['tutorial', 'plain']),
    /** `short`: «Mon n° de sécurité sociale»; `long`: «Mon numéro de sécurité sociale». */
    nir: z.enum(['short', 'long']),
    /** The 7 last «chiffres» of the IBAN, as most tutorials say, or «caractères», since letters occur. */
    ibanEnd: z.enum(['chiffres', 'caractères']),
    /** Proof page: `own` («Accédez immédiatement à votre compte») or `creation`, under the title of the page before. */
    proofTitle: z.enum(['own', 'creation']),
    /** Contact page: `services` («informations promotionnelles sur ses services») or `newsletter` (as in 2020). */
    contact: z.enum(['services', 'newsletter']),
    /** Activation mail: `confirm` («merci de confirmer votre email») or `days-left` («Cher(e) assuré(e), …»). */
    activationMail: z.enum(['confirm', 'days-left']),
  }),
  support: z.strictObject({
    telephone,
    /** When somebody answers the telephone. */
    hours: bilingual.nullish(),
    mailbox: mailbox.nullable(),
    /** The page where people can write. */
    form: webAddress.nullish(),
    /** A telephone relay for people who do not hear or speak well, such as Acceo or Elioz. */
    relay: z.strictObject({ name: z.string().min(1), address: webAddress }).nullish(),
  }),
  /** Absent or null: the body has published no statement of its own. */
  accessibility: accessibilitySchema.nullish(),
  serviceName: z.string(),
});

export type Policy = z.infer<typeof policySchema>;
export type ConsentPurpose = Policy['contact']['consents'][number];
