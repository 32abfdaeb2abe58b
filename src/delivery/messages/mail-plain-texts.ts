import type { MessageContext } from '#src/delivery/messages/message.ts';
import type { MessageTexts } from '#src/delivery/messages/texts.ts';
import { type Block, footer, pageAt, paragraph } from '#src/documents/block.ts';
import { paths, withToken } from '#src/paths.ts';
import type { PlainTexts } from '#src/texts/language.ts';
import { formatDate, formatTime } from '#src/texts/typography.ts';

function button(label: string, url: string): Block {
  return { kind: 'link', label, url, ifNotWorking: 'Le bouton ne fonctionne pas ? Ouvrez cette adresse :' };
}

function confirm({ publicUrl }: MessageContext, token: string): Block {
  return button('Confirmer l’adresse', publicUrl + withToken(paths.link, token));
}

function orCode({ publicUrl }: MessageContext, path: string, code: string): Block[] {
  return [
    paragraph('Vous pouvez aussi recopier ce code sur le site :'),
    { kind: 'code', code },
    pageAt('L’adresse de la page :', publicUrl + path),
    paragraph('Ne donnez ce code à personne.'),
  ];
}

function end(instant: string): Block {
  return paragraph(
    `Le bouton et le code fonctionnent jusqu’au ${formatDate(new Date(instant), 'fr-plain')}. Vous avez plusieurs emails ? Ouvrez le plus récent.`,
  );
}

function notYou({ telephone }: MessageContext): Block {
  return paragraph(`Ce n’est pas vous ? Ne confirmez pas. Téléphonez tout de suite au ${telephone}.`);
}

/** The mails that say it with long words in the tutorials; the others are plain already. */
export const plainFrench: PlainTexts<MessageTexts> = {
  closing: ({ senderName, passwordWord }) => [
    footer(`Écrivez vos codes et votre ${passwordWord} sur le site, jamais ailleurs.`),
    footer('Nous ne les demandons jamais par email, par SMS ou au téléphone.'),
    footer(senderName),
    footer('Ce message est automatique. Ne répondez pas : personne ne lirait votre réponse.'),
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
        paragraph('Vous n’avez rien demandé ? Ne confirmez pas. Rien ne changera.'),
      ],
    }),
  },
};
