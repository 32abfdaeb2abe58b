import type { MessageContext } from '#src/delivery/messages/message.ts';
import type { MessageTexts } from '#src/delivery/messages/texts.ts';
import { type Block, footer, heading, pageAt, paragraph } from '#src/documents/block.ts';
import { paths, withToken } from '#src/paths.ts';
import type { PlainTexts } from '#src/texts/language.ts';
import { formatDate, formatTime } from '#src/texts/typography.ts';

function button(label: string, url: string): Block {
  return { kind: 'link', label, url, ifNotWorking: 'Le bouton ne fonctionne pas ? Ouvrez cette adresse :' };
}

function confirm({ publicUrl }: MessageContext, token: string): Block {
  return button('Confirmer l’adresse', publicUrl + withToken(paths.link, token));
}

function orCode({ publicUrl }: MessageContext, path: string, code: string): Block[] {
  return [
    paragraph('Vous pouvez aussi recopier ce code sur le site :'),
    { kind: 'code', code },
    pageAt('L’adresse de la page :', publicUrl + path),
    paragraph('Ne donnez ce code à personne.'),
  ];
}

function end(instant: string): Block {
  return paragraph(
    `Le bouton et le code fonctionnent jusqu’au ${formatDate(new Date(instant), 'fr-plain')}. Vous avez plusieurs emails ? Ouvrez le plus récent.`,
  );
}

function until(instant: string): string {
  return `jusqu’au ${formatTime(new Date(instant), 'fr-plain').replace(/^le\s/, '')}`;
}

function notYou({ telephone }: MessageContext): Block {
  return paragraph(`Ce n’est pas vous ? Ne confirmez pas. Téléphonez tout de suite au ${telephone}.`);
}

function typeTheAddress({ publicUrl, passwordWord }: MessageContext): Block {
  return {
    kind: 'list',
    style: 'numbered',
    items: [
      { text: 'Écrivez vous-même cette adresse dans votre navigateur :', address: new URL(publicUrl).host },
      { text: `Écrivez votre numéro de sécurité sociale et votre ${passwordWord}.` },
    ],
  };
}

function sign(phrase: string): Block {
  return paragraph(
    phrase === ''
      ? 'Vous n’avez pas encore de phrase repère. Choisissez-en une dans votre compte, page « Papier et emails ». Nous l’écrirons ici. Vous saurez que cet email vient de nous.'
      : `Votre phrase repère : « ${phrase} »`,
  );
}

const noBait =
  'Dans cet email, il n’y a rien à ouvrir. Nous ne demandons jamais votre carte bancaire par email.';

/** The mails that say it with long words in the tutorials; the others are plain already. */
export const plainFrench: PlainTexts<MessageTexts> = {
  closing: ({ senderName, passwordWord }) => [
    footer(`Écrivez vos codes et votre ${passwordWord} sur le site, jamais ailleurs.`),
    footer('Nous ne les demandons jamais par email, par SMS ou au téléphone.'),
    footer(senderName),
    footer('Ce message est automatique. Ne répondez pas : personne ne lirait votre réponse.'),
  ],
  kinds: {
    activation: ({ token, code, until, sentAt }, context) => ({
      subject: `Votre ${context.serviceName} - Confirmation de votre adresse mail`,
      blocks: [
        paragraph(`Il reste une étape pour ouvrir votre ${context.serviceName}. Appuyez sur le bouton.`),
        confirm(context, token),
        ...orCode(context, paths.waiting, code),
        end(until),
        paragraph(`Vous avez demandé cet email ${formatTime(new Date(sentAt), 'fr-plain')}.`),
        notYou(context),
      ],
    }),
    'activation-reminder': ({ token, code, until }, context) => ({
      subject: `Votre ${context.serviceName} – Il reste une étape`,
      blocks: [
        paragraph(`Votre ${context.serviceName} n’est pas encore ouvert. Appuyez sur le bouton.`),
        confirm(context, token),
        ...orCode(context, paths.waiting, code),
        end(until),
        notYou(context),
      ],
    }),
    'new-address': ({ token, code, until }, context) => ({
      subject: `Votre ${context.serviceName} - Confirmation de votre adresse mail`,
      blocks: [
        paragraph(`Vous voulez cette adresse pour votre ${context.serviceName}. Appuyez sur le bouton.`),
        confirm(context, token),
        ...orCode(context, paths.accountEmailCode, code),
        end(until),
        paragraph('Vous n’avez rien demandé ? Ne confirmez pas. Rien ne changera.'),
      ],
    }),
    'provisional-code': ({ code, until: last }, { publicUrl, serviceName, telephone }) => ({
      subject: `Votre ${serviceName} – Votre code`,
      blocks: [
        paragraph(`Voici le code que vous avez demandé pour ouvrir votre ${serviceName} :`),
        { kind: 'code', code },
        pageAt('Recopiez-le sur cette page :', publicUrl + paths.provisionalCode),
        paragraph(`Il fonctionne une seule fois, ${until(last)}.`),
        paragraph('Ne donnez ce code à personne.'),
        paragraph(
          `Vous n’avez rien demandé ? Ne faites rien. Sans ce code, personne ne peut ouvrir ce compte. Pour en parler, téléphonez au ${telephone}.`,
        ),
      ],
    }),
    'letter-unused': ({ until: last }, { publicUrl, serviceName, telephone }) => ({
      subject: `Votre ${serviceName} – Le courrier que vous avez demandé`,
      blocks: [
        paragraph(
          `Vous avez demandé un courrier. Il contient un code pour ouvrir votre ${serviceName}. Vous n’avez pas encore utilisé ce code.`,
        ),
        paragraph(`Il fonctionne ${until(last)}.`),
        pageAt('Vous avez le courrier ? Recopiez son code ici :', publicUrl + paths.provisionalCode),
        paragraph(`Vous n’avez pas reçu ce courrier ? Téléphonez au ${telephone}.`),
      ],
    }),
    'new-deposits': ({ deposits, phrase }, context) => ({
      subject: `Votre ${context.serviceName} – Du nouveau dans votre compte`,
      blocks: [
        sign(phrase),
        paragraph(
          deposits === 1
            ? `Il y a une nouvelle chose dans votre ${context.serviceName}.`
            : `Il y a ${deposits} nouvelles choses dans votre ${context.serviceName}.`,
        ),
        heading('Pour lire'),
        typeTheAddress(context),
        paragraph(noBait),
        paragraph(
          'Vous voulez moins d’emails ? Vous voulez du papier ? Choisissez dans votre compte, page « Papier et emails ».',
        ),
      ],
    }),
    'document-unread': ({ phrase, documents, depositedAt, paperAfter }, context) => ({
      subject:
        documents === 1
          ? `Votre ${context.serviceName} – Un document important vous attend`
          : `Votre ${context.serviceName} – Des documents importants vous attendent`,
      blocks: [
        sign(phrase),
        paragraph(
          documents === 1
            ? `Un document important est dans votre ${context.serviceName}. Il est là depuis le ${formatDate(new Date(depositedAt), 'fr-plain')}.`
            : `${documents} documents importants sont dans votre ${context.serviceName}. Le premier est là depuis le ${formatDate(new Date(depositedAt), 'fr-plain')}.`,
        ),
        heading('Pour lire'),
        typeTheAddress(context),
        ...(paperAfter === ''
          ? []
          : [
              paragraph(
                `Vous ne lisez pas avant le ${formatDate(new Date(paperAfter), 'fr-plain')} ? Nous enverrons du papier.`,
              ),
            ]),
        paragraph(noBait),
      ],
    }),
    'account-unused': ({ until: last }, { publicUrl, serviceName, telephone }) => ({
      subject: `Votre ${serviceName} – Connectez-vous pour le garder`,
      blocks: [
        paragraph(`Personne ne s’est connecté à votre ${serviceName} depuis longtemps.`),
        paragraph(
          `Vous voulez le garder ? Connectez-vous avant le ${formatDate(new Date(last), 'fr-plain')}. Écrivez votre numéro de sécurité sociale et votre mot de passe.`,
        ),
        pageAt('La page de connexion :', publicUrl + paths.signIn),
        paragraph(
          'Vous avez oublié votre mot de passe ? Sur cette page, appuyez sur « Mot de passe oublié ? ».',
        ),
        paragraph(
          'Vous n’en voulez plus ? Vous n’avez rien à faire. Nous le supprimerons à cette date. Vos droits et vos remboursements ne changent pas. Vous pourrez créer un autre compte.',
        ),
        paragraph(`Une question ? Téléphonez au ${telephone}.`),
      ],
    }),
  },
};
