import type { Policy } from '#src/policy/schema.ts';
import { needsSecondSender } from '#src/policy/second-sender.ts';
import { catalogue } from '#src/texts/language.ts';
import { details } from '#src/web/components/asides.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

/** What the mail that does not come was sent for. */
type Awaited = 'activation' | 'new-address' | 'password-reset';

interface Texts {
  /** The address, then the junk mail, then patience. */
  readonly first: Readonly<Record<Awaited, string>>;
  readonly junk: string;
  readonly wait: string;
  readonly search: (subject: string) => string;
  readonly subjects: Readonly<Record<Awaited, (serviceName: string) => string>>;
  /** Where the provider drops the word «confirm», as `withoutConfirm` of the mails replaces it. */
  readonly subjectWithoutConfirm: (serviceName: string) => string;
  readonly latest: string;
  /** Where an address serves one account only. */
  readonly shared: Readonly<Record<Awaited, string>>;
  readonly more: string;
  readonly causes: readonly string[];
  readonly another: string;
}

const texts = catalogue<Texts>({
  fr: {
    first: {
      activation: 'Relisez votre adresse, lettre par lettre. Elle est fausse ? Corrigez-la.',
      'new-address':
        'Relisez la nouvelle adresse, lettre par lettre. Elle est fausse ? Recommencez le changement.',
      'password-reset':
        'Regardez bien dans la messagerie de votre compte : le message ne part à aucune autre adresse.',
    },
    junk: 'Regardez dans les courriers indésirables (« spam »), et dans les autres dossiers.',
    wait: 'Attendez quelques minutes : certaines messageries sont lentes.',
    search: (subject) =>
      `Cherchez l’expéditeur « Votre Assurance Maladie », ou l’objet « ${subject} ». Cherchez aussi dans les anciennes conversations.`,
    subjects: {
      activation: (name) => `Votre ${name} - Confirmation de votre adresse mail`,
      'new-address': (name) => `Votre ${name} - Confirmation de votre adresse mail`,
      'password-reset': (name) => `Votre ${name}`,
    },
    subjectWithoutConfirm: (name) => `Votre ${name} - Validation de votre adresse mail`,
    latest: 'Vous avez plusieurs messages ? Ouvrez le plus récent : les anciens ne fonctionnent plus.',
    shared: {
      activation:
        'Un proche utilise déjà cette adresse ? Alors le lien n’arrivera pas : chaque compte a sa propre adresse. Corrigez la vôtre, et donnez-en une autre.',
      'new-address':
        'Un proche utilise déjà cette adresse ? Alors le lien n’arrivera pas : chaque compte a sa propre adresse. Recommencez le changement avec une autre.',
      'password-reset':
        'Un proche utilise déjà cette adresse ? Chaque compte a sa propre adresse. Le message part à celle du compte qui porte ce numéro de sécurité sociale.',
    },
    more: 'Toujours rien ? D’autres causes possibles',
    causes: [
      'Chez Orange et Wanadoo, une « liste rouge » supprime parfois nos messages sans vous le dire. Retirez-nous de cette liste, dans les réglages de votre messagerie.',
      'Vous lisez vos emails avec Outlook, ou dans une application ? Regardez aussi sur le site internet de votre messagerie. Votre fournisseur d’accès peut vous aider.',
      'Un réglage de votre messagerie range ou supprime peut-être nos messages. Regardez vos règles et vos filtres.',
      'Un antivirus peut bloquer le message ou son lien. Ouvrez le message sur un autre appareil.',
    ],
    another: 'Essayez avec une autre adresse, chez le même fournisseur, puis chez un autre.',
  },
  en: {
    first: {
      activation: 'Read your address again, letter by letter. Is it wrong? Correct it.',
      'new-address': 'Read the new address again, letter by letter. Is it wrong? Start the change again.',
      'password-reset': 'Look in the mailbox of your account: the message is sent to no other address.',
    },
    junk: 'Look in the junk mail (“spam”), and in the other folders.',
    wait: 'Wait a few minutes: some mailboxes are slow.',
    search: (subject) =>
      `Search for the sender “Votre Assurance Maladie”, or for the subject “${subject}”. Also search in old conversations.`,
    subjects: {
      activation: (name) => `Your ${name} - Confirmation of your email address`,
      'new-address': (name) => `Your ${name} - Confirmation of your email address`,
      'password-reset': (name) => `Your ${name}`,
    },
    subjectWithoutConfirm: (name) => `Your ${name} - Validation of your email address`,
    latest: 'Do you have several messages? Open the most recent one: older ones no longer work.',
    shared: {
      activation:
        'Does a relative already use this address? Then the link will not arrive: each account has an address of its own. Correct yours, and give another one.',
      'new-address':
        'Does a relative already use this address? Then the link will not arrive: each account has an address of its own. Start the change again with another one.',
      'password-reset':
        'Does a relative already use this address? Each account has an address of its own. The message is sent to that of the account with this social security number.',
    },
    more: 'Still nothing? Other possible causes',
    causes: [
      'At Orange and Wanadoo, a “red list” sometimes deletes our messages without telling you. Remove us from that list, in the settings of your mailbox.',
      'Do you read your email with Outlook, or in an app? Also look on the website of your mailbox. Your internet provider can help you.',
      'A setting of your mailbox may sort or delete our messages. Look at your rules and filters.',
      'An antivirus can block the message or its link. Open the message on another device.',
    ],
    another: 'Try another address, with the same provider, then with another one.',
  },
  plain: {
    fr: {
      first: {
        'password-reset': 'Avez-vous ouvert la bonne messagerie ? C’est celle de votre compte.',
      },
      junk: 'Regardez dans les courriers indésirables (spam).',
      wait: 'Attendez quelques minutes.',
      search: (subject) => `Cherchez « Votre Assurance Maladie », ou « ${subject} ».`,
      latest: 'Vous avez plusieurs emails ? Ouvrez le plus récent.',
      shared: {
        activation:
          'Un proche utilise déjà cette adresse ? L’email n’arrivera pas. Chaque compte a sa propre adresse. Donnez-en une autre.',
        'new-address':
          'Un proche utilise déjà cette adresse ? L’email n’arrivera pas. Recommencez avec une autre adresse.',
        'password-reset':
          'Un proche utilise déjà cette adresse ? Chaque compte a sa propre adresse. L’email part à celle de votre compte.',
      },
      more: 'Vous n’avez toujours rien ?',
      causes: [
        'Vous êtes chez Orange ou Wanadoo ? La « liste rouge » peut supprimer nos emails. Changez ce réglage de votre messagerie.',
        'Vous lisez vos emails avec Outlook ou une application ? Regardez aussi sur le site de votre messagerie.',
        'Un réglage peut ranger ou supprimer nos emails. Regardez vos règles et vos filtres.',
        'Un antivirus peut bloquer l’email. Ouvrez-le sur un autre appareil.',
      ],
      another: 'Essayez avec une autre adresse email.',
    },
  },
});

/**
 * What to do when a mail does not come, in the order of what helps most, for every page that waits for one. Everybody
 * reads the same, whether or not anything was sent. `address`: where the mail goes, if the page may say it; its subject
 * depends on the provider. `more`: further items, at the end of the list.
 */
export function missingMail(
  visit: Localised & { readonly serviceName: string },
  policy: Pick<Policy, 'contact' | 'notices'>,
  awaited: Awaited,
  address: string | null,
  ...more: readonly Child[]
): Html {
  const t = texts[visit.voice];
  const subject =
    address && needsSecondSender(policy, address) ? t.subjectWithoutConfirm : t.subjects[awaited];
  const items = [
    t.first[awaited],
    t.junk,
    t.wait,
    t.search(subject(visit.serviceName)),
    t.latest,
    ...(policy.contact.uniqueEmail ? [t.shared[awaited]] : []),
    ...more,
  ];
  const causes = awaited === 'password-reset' ? t.causes : [...t.causes, t.another];
  return html`<ol class="govuk-list govuk-list--number">${items.map((item) => html`<li>${item}</li>`)}</ol>
    ${details({
      summary: t.more,
      content: html`<ul class="govuk-list govuk-list--bullet">${causes.map((text) => html`<li>${text}</li>`)}</ul>`,
    })}`;
}
