import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { composeMail } from '#src/delivery/messages/compose.ts';
import type { MailKind, NoticeContent } from '#src/notices/notice.ts';
import { paths } from '#src/paths.ts';
import { common } from '#src/texts/common.ts';
import { languages } from '#src/texts/language.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { markupValidator } from '#test/pages/markup.ts';

const context = {
  serviceName: 'compte ameli',
  telephone: '3646',
  passwordWord: 'mot de passe',
  publicUrl: 'https://compte.example.fr',
  senderName: 'Votre Assurance Maladie',
  happenedAt: new Date('2026-11-21T13:05:00Z'),
} as const;

const token = 'f'.repeat(64);
const all = {
  address: 'camille.durand@example.fr',
  token,
  code: '04215678',
  until: '2026-12-12T22:59:59.999Z',
  sentAt: '2026-11-21T13:05:00.000Z',
  accountUntil: '2026-12-12T22:59:59.999Z',
  dispute: 'd'.repeat(43),
  disputeUntil: '2026-12-01T22:59:59.999Z',
  browser: 'firefox',
  system: 'android',
  phrase: 'le chat dort sur le piano',
  depositedAt: '2026-11-14T13:05:00.000Z',
  leftAt: '2026-11-14T13:05:00.000Z',
  paperAfter: '2026-11-29T13:05:00.000Z',
} as const;
const contents: Pick<NoticeContent, MailKind> = {
  activation: all,
  'address-taken': all,
  'activation-reminder': all,
  'account-active': all,
  'account-exists': all,
  'sign-in-locked': all,
  'password-disabled': all,
  'password-reset': all,
  'password-changed': all,
  'new-address': all,
  'address-change-requested': all,
  'address-changed': all,
  'telephone-changed': all,
  'new-device': all,
  'franceconnect-linked': all,
  'franceconnect-unlinked': all,
  'account-unused': all,
  departure: all,
  'departure-undone': all,
  'european-card-ordered': all,
  'provisional-code': all,
  'letter-unused': all,
  'account-created': all,
  'account-frozen': all,
  'account-reclaimed': all,
  'new-deposits': { ...all, deposits: 3 },
  'document-unread': { ...all, documents: 2 },
  'correspondence-changed': all,
  'account-disabled': all,
  'account-enabled': all,
  'account-unlocked': all,
  'account-erased': all,
  'data-exported': all,
};
const everyKind: readonly MailKind[] = [
  'activation',
  'address-taken',
  'activation-reminder',
  'account-active',
  'account-exists',
  'sign-in-locked',
  'password-disabled',
  'password-reset',
  'password-changed',
  'new-address',
  'address-change-requested',
  'address-changed',
  'telephone-changed',
  'new-device',
  'franceconnect-linked',
  'franceconnect-unlinked',
  'account-unused',
  'departure',
  'departure-undone',
  'european-card-ordered',
  'provisional-code',
  'letter-unused',
  'account-created',
  'account-frozen',
  'account-reclaimed',
  'new-deposits',
  'document-unread',
  'correspondence-changed',
  'account-disabled',
  'account-enabled',
  'account-unlocked',
  'account-erased',
  'data-exported',
];
const withLink: readonly string[] = ['activation', 'activation-reminder', 'new-address', 'password-reset'];
/** Those that tell of an account or of a change to it: «ce n’est pas moi». */
const withDispute: readonly string[] = [
  'data-exported',
  'correspondence-changed',
  'account-active',
  'account-created',
  'password-changed',
  'address-change-requested',
  'address-changed',
  'telephone-changed',
  'new-device',
  'franceconnect-linked',
  'franceconnect-unlinked',
];
const withCode: readonly string[] = ['activation', 'activation-reminder', 'new-address', 'provisional-code'];

/** Where to do what a message asks for: an address in words, without a secret. */
const pageOf: Partial<Record<MailKind, string>> = {
  activation: paths.waiting,
  'activation-reminder': paths.waiting,
  'new-address': paths.accountEmailCode,
  'provisional-code': paths.provisionalCode,
  'letter-unused': paths.provisionalCode,
  'address-taken': paths.signIn,
  'account-active': paths.signIn,
  'account-exists': paths.signIn,
  'account-unused': paths.signIn,
  departure: paths.signIn,
  'departure-undone': paths.signIn,
  'european-card-ordered': paths.signIn,
  'franceconnect-unlinked': paths.signIn,
  'sign-in-locked': paths.forgotten,
  'password-disabled': paths.forgotten,
  'account-frozen': paths.identity,
  'account-enabled': paths.signIn,
  'account-unlocked': paths.signIn,
};

const validate = markupValidator({
  extends: ['html-validate:standard'],
  rules: { 'no-inline-style': 'off', 'long-title': 'off', 'require-sri': 'off', 'doctype-style': 'off' },
});

function mail(kind: MailKind, language: 'fr' | 'en' = 'fr') {
  return composeMail({ kind, content: contents[kind] }, language, context);
}

for (const language of languages) {
  describe(`mails in ${language}`, () => {
    for (const kind of everyKind) {
      test(kind, async () => {
        const { subject, text, html } = mail(kind, language);
        assert.ok(subject.length <= 78, 'the subject fits a line');
        for (const line of text.split('\n'))
          assert.ok(line.length <= 76 || /^https:\S+$/.test(line), `too long: ${line}`);
        for (const part of [subject, text, html]) {
          assert.equal(part.includes('camille'), false, 'no address');
          assert.equal(/undefined|null|\[object/.test(part), false);
          assert.equal(part.includes(all.code), part !== subject && withCode.includes(kind), 'code');
        }
        const exercise = composeMail({ kind, content: contents[kind] }, language, {
          ...context,
          isExercise: true,
        });
        const { title, short } = common[language].invented.exercise;
        assert.equal(exercise.subject, title + subject);
        assert.ok(exercise.text.startsWith(short) && exercise.html.includes(`<p>${short}</p>`));
        const urls = [...new Set([...text, '\n', ...html].join('').match(/https?:[^\s"<]+/g))];
        const path = kind === 'password-reset' ? 'connexion/nouveau-mot-de-passe' : 'validation-email';
        const secret = withLink.includes(kind)
          ? [`${path}/${token}`]
          : withDispute.includes(kind)
            ? [`ce-n-est-pas-moi/${all.dispute}`]
            : [];
        const page = pageOf[kind];
        const expected = [...secret, ...(page ? [page.slice(1)] : [])];
        assert.deepEqual(
          urls.toSorted(),
          expected.map((one) => `https://compte.example.fr/${one}`).toSorted(),
          'links',
        );
        assert.doesNotMatch(html, /<(img|link|script|style|iframe|form|input)|url\(|src=/);
        assert.ok(html.includes(`<html lang="${language}">`));
        assert.deepEqual(await validate(html), []);
        if (language === 'fr')
          assert.deepEqual(frenchTypographyFaults(`${subject}\n${text}`.replace(/https:\S+/g, '')), []);
      });
    }
  });
}

test('the activation says what the tutorials show', () => {
  const { subject, text, html } = mail('activation');
  assert.equal(subject, 'Votre compte ameli - Confirmation de votre adresse mail');
  const flat = text.replaceAll('\n', ' ').replaceAll('\u00a0', ' ').replaceAll('’', "'");
  for (const sentence of [
    'Pour profiter de tous les services de votre compte ameli, merci de confirmer votre email.',
    "Si vous n'êtes pas à l'origine de cette demande, veuillez en informer rapidement votre caisse et modifiez votre code d'accès au compte ameli.",
    'Attention, ce message est généré par un automate. Ne pas utiliser la fonctionnalité « répondre à ».',
    "jusqu'au 12 décembre 2026 à 23 h 59",
    'Ne donnez ce code à personne, pas même au 3646.',
  ])
    assert.ok(flat.includes(sentence), sentence);
  assert.match(html, />Confirmer mon email<\/a>/);
});

for (const language of languages)
  test(`a provider that drops the word «confirm» never sees it, in ${language}`, () => {
    for (const kind of everyKind) {
      const notice = { kind, content: contents[kind] };
      const { subject, text, html } = composeMail(notice, language, { ...context, withoutConfirm: true });
      assert.doesNotMatch(subject + text + html, /confirm/i, kind);
      assert.doesNotMatch(subject + text + html, /valided|validing|validateation/i, kind);
      if (language === 'fr')
        assert.deepEqual(frenchTypographyFaults(subject + text.replace(/https:\S+/g, '')), []);
    }
    const { subject, text } = composeMail({ kind: 'activation', content: all }, language, {
      ...context,
      withoutConfirm: true,
    });
    assert.match(
      subject,
      language === 'fr' ? /Validation de votre adresse mail/ : /Validation of your email/,
    );
    assert.match(text, language === 'fr' ? /Valider mon email/ : /Validate my email/);
  });

test('the code and the link stand alone on their lines', () => {
  const lines = mail('activation')
    .text.split('\n')
    .map((line) => line.trim());
  assert.ok(lines.includes(all.code));
  assert.ok(lines.includes(`https://compte.example.fr/validation-email/${token}`));
});

test('markup in a setting is text in the mail', () => {
  const { html } = composeMail({ kind: 'account-active', content: all }, 'fr', {
    ...context,
    serviceName: '<b>compte</b>',
  });
  assert.equal(html.includes('<b>'), false);
});

test('an activation mail as in 2021 says how many days are left', () => {
  const { subject, text } = composeMail(
    { kind: 'activation', content: { ...all, until: '2026-11-28T22:59:59.999Z' } },
    'fr',
    { ...context, activationMail: 'days-left' },
  );
  assert.equal(subject, 'Votre compte ameli - Confirmation de votre adresse mail');
  assert.match(text, /^MON COMPTE AMELI\s+Cher\(e\) assuré\(e\),/);
  assert.match(text, /vous ne disposez que de 7 jours pour valider votre adresse\s+email\./);
  assert.match(text, /Merci de votre confiance\.\s+Votre Caisse d’Assurance Maladie\s+Besoin d’accéder/);
  assert.deepEqual(frenchTypographyFaults(text), []);
});
