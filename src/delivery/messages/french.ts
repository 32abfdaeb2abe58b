import { daysBetween } from '#src/delivery/messages/days-between.ts';
import type { MessageContext } from '#src/delivery/messages/message.ts';
import type { MessageTexts } from '#src/delivery/messages/texts.ts';
import { type Block, footer, heading, pageAt, paragraph } from '#src/documents/block.ts';
import { paths, withToken } from '#src/paths.ts';
import { deviceName } from '#src/texts/device-texts.ts';
import { formatDate, formatHour, formatTime } from '#src/texts/typography.ts';

function until(instant: string): string {
  const date = new Date(instant);
  return `jusqu’au ${formatDate(date, 'fr')} à ${formatHour(date, 'fr')}`;
}

function link(label: string, url: string): Block {
  return {
    kind: 'link',
    label,
    url,
    ifNotWorking: 'Le bouton ne fonctionne pas ? Copiez cette adresse dans votre navigateur :',
  };
}

function confirmLink({ publicUrl, activationMail }: MessageContext, token: string): Block {
  return link(
    activationMail === 'days-left' ? 'Valider votre adresse email' : 'Confirmer mon email',
    publicUrl + withToken(paths.link, token),
  );
}

function codeBlocks(
  { telephone, publicUrl }: MessageContext,
  { where, path }: { readonly where: string; readonly path: string },
  code: string,
): Block[] {
  return [
    paragraph(`Vous pouvez aussi taper ce code ${where} :`),
    { kind: 'code', code },
    pageAt('L’adresse de cette page :', publicUrl + path),
    paragraph(`Ne donnez ce code à personne, pas même au ${telephone}.`),
  ];
}

const waitingPage = { where: 'sur la page « VALIDATION DE MON EMAIL »', path: paths.waiting };

function signInPage({ publicUrl }: Pick<MessageContext, 'publicUrl'>): Block {
  return pageAt('La page de connexion :', publicUrl + paths.signIn);
}

function forgottenPage({
  publicUrl,
  passwordWord,
}: Pick<MessageContext, 'publicUrl' | 'passwordWord'>): Block {
  return pageAt(`La page « ${forgottenLink(passwordWord)} » :`, publicUrl + paths.forgotten);
}

function onlyLatest(instant: string, accountUntil = ''): Block {
  const end = formatDate(new Date(instant), 'fr');
  const last = accountUntil === '' ? end : formatDate(new Date(accountUntil), 'fr');
  const then = last === end ? '' : ` Ensuite, et jusqu’au ${last}, vous pourrez en demander d’autres.`;
  return paragraph(
    `Le lien et le code fonctionnent ${until(instant)}. Si vous avez reçu plusieurs messages, utilisez le plus récent : les autres ne fonctionnent plus.${then}`,
  );
}

interface Disputable {
  readonly dispute: string;
  readonly disputeUntil: string;
}

/** What to do when it was not the person: a button that leads to freezing the account. */
function notYou({ dispute, disputeUntil }: Disputable, { telephone, publicUrl }: MessageContext): Block[] {
  return [
    paragraph(
      `Ce n’était pas vous ? Bloquez tout de suite ce compte : plus personne ne pourra s’y connecter. Puis téléphonez au ${telephone}.`,
    ),
    link('Ce n’est pas moi', publicUrl + withToken(paths.disputeLink, dispute)),
    paragraph(`Ce bouton fonctionne ${until(disputeUntil)}.`),
  ];
}

/** What the sign-in page calls it. */
function forgottenLink(word: MessageContext['passwordWord']): string {
  return word === 'code personnel' ? 'Code oublié' : 'Mot de passe oublié';
}

function activationLead({ serviceName, activationMail, publicUrl }: MessageContext, days: number): Block[] {
  if (activationMail !== 'days-left')
    return [
      paragraph(
        `Pour profiter de tous les services de votre ${serviceName}, merci de confirmer votre email.`,
      ),
    ];
  return [
    paragraph(`Vous avez déjà ouvert votre compte sur ${new URL(publicUrl).host} ou sur l’application.`),
    paragraph(
      `Vous devez encore valider votre adresse email pour profiter de tous les services de votre ${serviceName}.`,
    ),
    paragraph(`Ne tardez pas : vous ne disposez que de ${days} jours pour valider votre adresse email.`),
  ];
}

const automatic =
  'Attention, ce message est généré par un automate. Ne pas utiliser la fonctionnalité «\u00a0répondre à\u00a0».';

function call({ telephone }: MessageContext): Block {
  return paragraph(`Ce n’était pas vous ? Téléphonez tout de suite au ${telephone}.`);
}

/** How the site is reached without pressing anything in a mail. */
function typeTheAddress({ publicUrl, passwordWord }: MessageContext): Block {
  return {
    kind: 'list',
    style: 'numbered',
    items: [
      { text: 'Tapez vous-même cette adresse dans votre navigateur :', address: new URL(publicUrl).host },
      { text: `Connectez-vous avec votre numéro de sécurité sociale et votre ${passwordWord}.` },
    ],
  };
}

/** The person’s own sign, by which they know that the mail is ours; or how to choose one. */
function sign(phrase: string): Block {
  return paragraph(
    phrase === ''
      ? 'Vous n’avez pas encore de phrase repère. Choisissez-en une dans votre compte, à la page « Papier et avis » : nous l’écrirons ici, et vous saurez que le message vient de nous.'
      : `Votre phrase repère : « ${phrase} »`,
  );
}

const noBait =
  'Ce message ne contient ni montant, ni lien à ouvrir. Nous ne demandons jamais votre carte bancaire ni votre IBAN par email.';

export const french: MessageTexts = {
  opening: ({ activationMail, serviceName }) =>
    activationMail === 'days-left'
      ? [heading(`Mon ${serviceName}`.toLocaleUpperCase('fr')), paragraph('Cher(e) assuré(e),')]
      : [paragraph('Bonjour,')],
  closing: ({ activationMail, senderName, passwordWord, publicUrl }) => [
    footer(
      `Tapez vos codes et votre ${passwordWord} sur le site, jamais ailleurs. Nous ne les demandons jamais par email, par SMS ou au téléphone.`,
    ),
    ...(activationMail === 'days-left'
      ? [
          footer(automatic),
          footer('Merci de votre confiance.'),
          footer('Votre Caisse d’Assurance Maladie'),
          footer(
            `Besoin d’accéder à vos remboursements où que vous soyez ? Ajoutez gratuitement l’application à votre téléphone, depuis cette page : ${publicUrl}${paths.app}`,
          ),
        ]
      : [footer(senderName), footer(automatic)]),
  ],
  kinds: {
    activation: ({ token, code, until: last, sentAt, accountUntil }, context) => ({
      subject: `Votre ${context.serviceName} - Confirmation de votre adresse mail`,
      blocks: [
        ...activationLead(context, daysBetween(sentAt, last)),
        confirmLink(context, token),
        ...codeBlocks(context, waitingPage, code),
        onlyLatest(last, accountUntil),
        paragraph(`Ce message a été demandé ${formatTime(new Date(sentAt), 'fr')}.`),
        paragraph(
          `Si vous n’êtes pas à l’origine de cette demande, veuillez en informer rapidement votre caisse et ${context.activationMail === 'days-left' ? 'modifier' : 'modifiez'} votre code d’accès au ${context.serviceName}.`,
        ),
      ],
    }),
    'activation-reminder': ({ token, code, until: last, accountUntil }, context) => ({
      subject: `Votre ${context.serviceName} – Il reste à confirmer votre adresse email`,
      blocks: [
        paragraph(
          `Vous avez créé votre ${context.serviceName}, mais il n’est pas encore actif : il reste à confirmer votre email.`,
        ),
        confirmLink(context, token),
        ...codeBlocks(context, waitingPage, code),
        onlyLatest(last, accountUntil),
        paragraph(
          `Si vous n’êtes pas à l’origine de cette demande, veuillez en informer rapidement votre caisse au ${context.telephone}.`,
        ),
      ],
    }),
    'address-taken': (_content, { publicUrl, serviceName, telephone }) => ({
      subject: `Votre ${serviceName} – Votre adresse email`,
      blocks: [
        paragraph('Quelqu’un a donné votre adresse email pour ouvrir un autre compte.'),
        paragraph(
          'Elle sert déjà à un compte, et une adresse ne sert qu’à un seul. Si ce compte est le vôtre, rien n’a changé : vous n’avez rien à faire.',
        ),
        paragraph(
          'Vous ouvrez un compte pour une autre personne, par exemple votre conjoint ? Donnez une autre adresse : chaque compte a la sienne.',
        ),
        pageAt(
          'Pour donner une autre adresse, connectez-vous avec le numéro de ce compte :',
          publicUrl + paths.signIn,
        ),
        paragraph(`Une question ? Téléphonez au ${telephone}.`),
      ],
    }),
    'account-active': (content, context) => ({
      subject: `Votre ${context.serviceName} est actif`,
      blocks: [
        paragraph(`Votre adresse email est confirmée : votre ${context.serviceName} est actif.`),
        paragraph(
          `Vous pouvez vous connecter avec votre numéro de sécurité sociale et votre ${context.passwordWord}.`,
        ),
        signInPage(context),
        paragraph('Pensez à mettre à jour votre carte Vitale, en pharmacie ou à l’accueil de votre caisse.'),
        ...notYou(content, context),
      ],
    }),
    'account-exists': (_content, context) => ({
      subject: `Votre ${context.serviceName} existe déjà`,
      blocks: [
        paragraph(
          `Quelqu’un a voulu ouvrir un ${context.serviceName} à votre nom ${formatTime(context.happenedAt, 'fr')}. Vous en avez déjà un, avec cette adresse email : aucun autre n’a été ouvert.`,
        ),
        paragraph(
          `C’était vous ? Connectez-vous avec votre numéro de sécurité sociale et votre ${context.passwordWord}. Vous l’avez oublié ? Sur la page de connexion, choisissez « ${forgottenLink(context.passwordWord)} ».`,
        ),
        signInPage(context),
        call(context),
      ],
    }),
    'sign-in-locked': ({ until: last }, { publicUrl, serviceName, telephone, passwordWord }) => ({
      subject: `Votre ${serviceName} – Connexion suspendue`,
      blocks: [
        paragraph(
          `Plusieurs essais de connexion à votre ${serviceName} ont échoué. Par sécurité, la connexion est suspendue ${until(last)}.`,
        ),
        paragraph(
          `C’était vous ? Attendez cette heure, puis réessayez. Vous avez oublié votre ${passwordWord} ? Sur la page de connexion, choisissez « ${forgottenLink(passwordWord)} ».`,
        ),
        forgottenPage({ publicUrl, passwordWord }),
        paragraph(
          `Ce n’était pas vous ? Personne n’est entré dans votre compte : vous n’avez rien à faire. Une question ? Téléphonez au ${telephone}.`,
        ),
      ],
    }),
    'password-disabled': (_content, { publicUrl, serviceName, telephone, passwordWord }) => ({
      subject: `Votre ${serviceName} – Choisissez un nouveau ${passwordWord}`,
      blocks: [
        paragraph(
          `Trop d’essais de connexion à votre ${serviceName} ont échoué. Par sécurité, votre ${passwordWord} ne fonctionne plus.`,
        ),
        paragraph(
          `Pour en choisir un autre, allez sur la page de connexion et choisissez « ${forgottenLink(passwordWord)} ».`,
        ),
        forgottenPage({ publicUrl, passwordWord }),
        paragraph(
          `Personne n’est entré dans votre compte et vos informations n’ont pas changé. Une question ? Téléphonez au ${telephone}.`,
        ),
      ],
    }),
    'password-reset': ({ token, until: last }, context) => ({
      subject: `Votre ${context.serviceName} – Choisir un nouveau ${context.passwordWord}`,
      blocks: [
        paragraph(
          `Vous avez demandé à choisir un nouveau ${context.passwordWord} pour votre ${context.serviceName}.`,
        ),
        link(
          `Choisir un nouveau ${context.passwordWord}`,
          context.publicUrl + withToken(paths.newPassword, token),
        ),
        paragraph(`Ce lien fonctionne une seule fois, ${until(last)}.`),
        paragraph(`Ne donnez ce lien à personne, pas même au ${context.telephone}.`),
        paragraph(
          `Vous n’avez rien demandé ? N’utilisez pas ce lien : votre ${context.passwordWord} ne change pas.`,
        ),
      ],
    }),
    'password-changed': (content, context) => ({
      subject: `Votre ${context.serviceName} – Votre ${context.passwordWord} a changé`,
      blocks: [
        paragraph(
          `Le ${context.passwordWord} de votre ${context.serviceName} a été changé ${formatTime(context.happenedAt, 'fr')}.`,
        ),
        paragraph('C’était vous ? Vous n’avez rien à faire.'),
        ...notYou(content, context),
      ],
    }),
    'new-address': ({ token, code, until: last }, context) => ({
      subject: `Votre ${context.serviceName} - Confirmation de votre adresse mail`,
      blocks: [
        paragraph(
          `Vous avez demandé à utiliser cette adresse pour votre ${context.serviceName}. Merci de confirmer votre email.`,
        ),
        confirmLink(context, token),
        ...codeBlocks(
          context,
          { where: 'sur la page où vous avez demandé ce changement', path: paths.accountEmailCode },
          code,
        ),
        onlyLatest(last),
        paragraph(
          'Vous n’avez rien demandé ? Ne confirmez pas : cette adresse ne sera pas utilisée et vous ne recevrez plus rien.',
        ),
      ],
    }),
    'address-change-requested': (content, context) => ({
      subject: `Votre ${context.serviceName} – Changement d’adresse email demandé`,
      blocks: [
        paragraph(
          `Une nouvelle adresse email a été demandée pour votre ${context.serviceName} ${formatTime(context.happenedAt, 'fr')}.`,
        ),
        paragraph(
          'Cette adresse-ci reste celle de votre compte tant que la nouvelle n’est pas confirmée. C’était vous ? Ouvrez le message envoyé à la nouvelle adresse.',
        ),
        ...notYou(content, context),
      ],
    }),
    'address-changed': (content, context) => ({
      subject: `Votre ${context.serviceName} – Votre adresse email a changé`,
      blocks: [
        paragraph(
          `L’adresse email de votre ${context.serviceName} a été changée ${formatTime(context.happenedAt, 'fr')}. Nos messages n’arriveront plus à cette adresse-ci.`,
        ),
        paragraph('C’était vous ? Vous n’avez rien à faire.'),
        ...notYou(content, context),
      ],
    }),
    'franceconnect-linked': (content, context) => ({
      subject: `Votre ${context.serviceName} – FranceConnect`,
      blocks: [
        paragraph(
          `Votre ${context.serviceName} vient d’être lié à FranceConnect. Vous pouvez maintenant vous connecter avec FranceConnect, sans votre ${context.passwordWord}.`,
        ),
        paragraph('C’était vous ? Vous n’avez rien à faire.'),
        ...notYou(content, context),
      ],
    }),
    'franceconnect-unlinked': (content, context) => ({
      subject: `Votre ${context.serviceName} – FranceConnect`,
      blocks: [
        paragraph(
          `Votre ${context.serviceName} n’est plus lié à FranceConnect. Pour vous connecter, utilisez votre numéro de sécurité sociale et votre ${context.passwordWord}.`,
        ),
        signInPage(context),
        paragraph('C’était vous ? Vous n’avez rien à faire.'),
        ...notYou(content, context),
      ],
    }),
    'new-device': (content, context) => ({
      subject: `Votre ${context.serviceName} – Nouvelle connexion`,
      blocks: [
        paragraph(
          `Quelqu’un s’est connecté à votre ${context.serviceName} ${formatTime(context.happenedAt, 'fr')}.`,
        ),
        paragraph(
          `C’était depuis un appareil que votre compte ne connaissait pas : ${deviceName(content, 'fr')}.`,
        ),
        paragraph('C’était vous ? Vous n’avez rien à faire.'),
        ...notYou(content, context),
      ],
    }),
    'telephone-changed': (content, context) => ({
      subject: `Votre ${context.serviceName} – Vos numéros de téléphone ont changé`,
      blocks: [
        paragraph(
          `Les numéros de téléphone de votre ${context.serviceName} ont été changés ${formatTime(context.happenedAt, 'fr')}.`,
        ),
        paragraph('C’était vous ? Vous n’avez rien à faire.'),
        ...notYou(content, context),
      ],
    }),
    'european-card-ordered': (_content, { serviceName, telephone, publicUrl }) => ({
      subject: `Votre ${serviceName} – Commande de carte européenne`,
      blocks: [
        paragraph(
          'Votre commande de carte européenne d’assurance maladie est partie à votre caisse. La carte arrivera par la poste.',
        ),
        paragraph('Vous pouvez suivre votre commande dans votre compte, dans vos messages.'),
        signInPage({ publicUrl }),
        paragraph(`Vous n’avez rien commandé ? Changez votre mot de passe, puis téléphonez au ${telephone}.`),
      ],
    }),
    'account-unused': ({ until: last }, { publicUrl, serviceName, telephone, passwordWord }) => ({
      subject: `Votre ${serviceName} – Connectez-vous pour le garder`,
      blocks: [
        paragraph(`Personne ne s’est connecté à votre ${serviceName} depuis longtemps.`),
        paragraph(
          `Vous voulez le garder ? Connectez-vous avant le ${formatDate(new Date(last), 'fr')}, avec votre numéro de sécurité sociale et votre ${passwordWord}. Vous l’avez oublié ? Sur la page de connexion, choisissez « ${forgottenLink(passwordWord)} ».`,
        ),
        signInPage({ publicUrl }),
        paragraph(
          'Vous n’en avez plus besoin ? Vous n’avez rien à faire : à cette date, il sera supprimé avec les informations qu’il contient. Vos droits et vos remboursements ne changent pas, et vous pourrez en créer un autre.',
        ),
        paragraph(`Une question ? Téléphonez au ${telephone}.`),
      ],
    }),
    departure: ({ leftAt, until: last }, { publicUrl, serviceName, telephone }) => ({
      subject: `Votre ${serviceName} – Vous n’êtes plus assuré à votre caisse`,
      blocks: [
        paragraph(
          `Depuis le ${formatDate(new Date(leftAt), 'fr')}, votre caisse ne vous compte plus parmi ses assurés. C’est le cas, par exemple, quand on change de régime ou quand on part vivre à l’étranger.`,
        ),
        paragraph(
          `Votre ${serviceName} reste ouvert jusqu’au ${formatDate(new Date(last), 'fr')}. D’ici là, connectez-vous pour lire et enregistrer vos paiements et vos documents. Ensuite, il sera fermé.`,
        ),
        signInPage({ publicUrl }),
        paragraph('Les documents qui arrivent d’ici là vous sont aussi envoyés par courrier.'),
        paragraph(
          `C’est une erreur ? Téléphonez au ${telephone}. Si votre caisse vous compte de nouveau parmi ses assurés, votre compte est conservé, et vous n’avez rien à faire.`,
        ),
      ],
    }),
    'departure-undone': (_content, { publicUrl, serviceName, telephone }) => ({
      subject: `Votre ${serviceName} – Votre compte est conservé`,
      blocks: [
        paragraph(
          `Nous vous avons écrit que votre caisse ne vous comptait plus parmi ses assurés. Elle vous compte de nouveau. Votre ${serviceName} est ouvert, comme avant, et vous n’avez rien à faire.`,
        ),
        signInPage({ publicUrl }),
        paragraph(`Une question ? Téléphonez au ${telephone}.`),
      ],
    }),
    'provisional-code': ({ code, until: last }, { publicUrl, serviceName, telephone }) => ({
      subject: `Votre ${serviceName} – Votre code provisoire`,
      blocks: [
        paragraph(`Voici le code provisoire que vous avez demandé pour ouvrir votre ${serviceName} :`),
        { kind: 'code', code },
        paragraph(
          `Saisissez-le sur le site, à la page « Mon code provisoire ». Il sert une seule fois, ${until(last)}.`,
        ),
        pageAt('L’adresse de cette page :', publicUrl + paths.provisionalCode),
        paragraph(`Ne donnez ce code à personne, pas même au ${telephone}.`),
        paragraph(
          `Vous n’avez rien demandé ? Ne faites rien : sans ce code, personne ne peut ouvrir ce compte. Pour en parler, téléphonez au ${telephone}.`,
        ),
      ],
    }),
    'letter-unused': ({ until: last }, { publicUrl, serviceName, telephone }) => ({
      subject: `Votre ${serviceName} – Le courrier que vous avez demandé`,
      blocks: [
        paragraph(
          `Nous vous avons envoyé par courrier un code provisoire pour ouvrir votre ${serviceName}. Vous ne l’avez pas encore utilisé.`,
        ),
        paragraph(`Il fonctionne ${until(last)}.`),
        pageAt('Vous l’avez reçu ? Saisissez son code sur cette page :', publicUrl + paths.provisionalCode),
        paragraph(`Vous n’avez pas reçu ce courrier ? Téléphonez au ${telephone}.`),
      ],
    }),
    'account-created': (content, context) => ({
      subject: `Votre ${context.serviceName} vient d’être créé`,
      blocks: [
        paragraph(`Un ${context.serviceName} vient d’être créé à votre nom. Si c’était vous, tout va bien.`),
        ...notYou(content, context),
      ],
    }),
    'account-frozen': (_content, { publicUrl, serviceName, telephone, happenedAt }) => ({
      subject: `Le ${serviceName} à votre nom est bloqué`,
      blocks: [
        paragraph(
          `Le ${serviceName} ouvert à votre nom a été bloqué ${formatTime(happenedAt, 'fr')}, parce que quelqu’un nous a dit que ce n’était pas le sien. Plus personne ne peut s’y connecter.`,
        ),
        paragraph(
          `Pour avoir un compte à vous, commencez la création sur le site et prouvez qui vous êtes avec FranceConnect, ou avec un code reçu par courrier. La carte Vitale ne suffit plus pour ce compte.`,
        ),
        pageAt('La page de création :', publicUrl + paths.identity),
        paragraph(
          `Surveillez vos remboursements et votre compte bancaire. Une question, ou une erreur ? Téléphonez au ${telephone}.`,
        ),
      ],
    }),
    'new-deposits': ({ deposits, phrase }, context) => ({
      subject: `Votre ${context.serviceName} – Du nouveau dans votre compte`,
      blocks: [
        sign(phrase),
        paragraph(
          deposits === 1
            ? `Un élément est arrivé dans votre ${context.serviceName}.`
            : `${deposits} éléments sont arrivés dans votre ${context.serviceName}.`,
        ),
        heading(deposits === 1 ? 'Pour le lire' : 'Pour les lire'),
        typeTheAddress(context),
        paragraph(noBait),
        paragraph(
          'Vous préférez recevoir ces messages moins souvent, ou du papier ? Choisissez dans votre compte, à la page « Papier et avis ».',
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
            ? `Un document important est dans votre ${context.serviceName} depuis le ${formatDate(new Date(depositedAt), 'fr')}. Vous ne l’avez pas encore ouvert.`
            : `${documents} documents importants sont dans votre ${context.serviceName}, le premier depuis le ${formatDate(new Date(depositedAt), 'fr')}. Vous ne les avez pas encore ouverts.`,
        ),
        heading(documents === 1 ? 'Pour le lire' : 'Pour les lire'),
        typeTheAddress(context),
        ...(paperAfter === ''
          ? []
          : [
              paragraph(
                `Ce que vous n’aurez pas ouvert d’ici le ${formatDate(new Date(paperAfter), 'fr')} partira par courrier, à l’adresse que connaît votre caisse.`,
              ),
            ]),
        paragraph(noBait),
      ],
    }),
    'correspondence-changed': (content, context) => ({
      subject: `Votre ${context.serviceName} – Vos choix de papier et d’avis ont changé`,
      blocks: [
        paragraph(
          `Vos choix de papier et d’avis ont été changés ${formatTime(context.happenedAt, 'fr')}, dans votre ${context.serviceName}.`,
        ),
        paragraph('C’était vous ? Vous n’avez rien à faire.'),
        ...notYou(content, context),
      ],
    }),
    'account-reclaimed': (_content, { serviceName, telephone, happenedAt }) => ({
      subject: `Votre ${serviceName} – Cette adresse ne sert plus`,
      blocks: [
        paragraph(
          `Le ${serviceName} qui avait cette adresse email était bloqué. Quelqu’un a prouvé ${formatTime(happenedAt, 'fr')} que ce compte est à son nom, et en a ouvert un autre à la place : celui-ci n’existe plus.`,
        ),
        paragraph(`C’était votre compte, et ce n’est pas vous ? Téléphonez tout de suite au ${telephone}.`),
      ],
    }),
    'account-disabled': (_content, { serviceName, telephone, happenedAt }) => ({
      subject: `Votre ${serviceName} – Votre compte est fermé pour le moment`,
      blocks: [
        paragraph(
          `Votre caisse a fermé votre ${serviceName} ${formatTime(happenedAt, 'fr')}. Plus personne ne peut s’y connecter. Rien n’est effacé.`,
        ),
        paragraph('Vos droits et vos remboursements ne changent pas.'),
        paragraph(`Pour savoir pourquoi, ou pour le faire rouvrir, téléphonez au ${telephone}.`),
      ],
    }),
    'account-enabled': (_content, { publicUrl, serviceName, telephone, passwordWord, happenedAt }) => ({
      subject: `Votre ${serviceName} – Votre compte est rouvert`,
      blocks: [
        paragraph(
          `Votre caisse a rouvert votre ${serviceName} ${formatTime(happenedAt, 'fr')}. Vous pouvez vous connecter, avec le même ${passwordWord} qu’avant.`,
        ),
        signInPage({ publicUrl }),
        paragraph(`Vous n’avez rien demandé ? Téléphonez tout de suite au ${telephone}.`),
      ],
    }),
    'account-unlocked': (_content, { publicUrl, serviceName, telephone, happenedAt }) => ({
      subject: `Votre ${serviceName} – Vous pouvez réessayer`,
      blocks: [
        paragraph(
          `Après trop d’essais, il fallait attendre pour se connecter. Votre caisse a mis fin à cette attente ${formatTime(happenedAt, 'fr')}. Vous pouvez réessayer tout de suite.`,
        ),
        signInPage({ publicUrl }),
        paragraph(`Vous n’avez rien demandé ? Téléphonez tout de suite au ${telephone}.`),
      ],
    }),
    'account-erased': (_content, { serviceName, telephone, happenedAt }) => ({
      subject: `Votre ${serviceName} – Votre compte est supprimé`,
      blocks: [
        paragraph(
          `Votre ${serviceName} a été supprimé ${formatTime(happenedAt, 'fr')}, avec ce qu’il contenait. C’est ce que vous avez demandé à votre caisse.`,
        ),
        paragraph('Votre adresse email n’y est plus enregistrée : ce message est le dernier.'),
        paragraph('Vos droits et vos remboursements ne changent pas. Vous pourrez ouvrir un autre compte.'),
        paragraph(`Vous n’avez rien demandé ? Téléphonez tout de suite au ${telephone}.`),
      ],
    }),
    'data-exported': (content, context) => ({
      subject: `Votre ${context.serviceName} – Une copie de vos informations`,
      blocks: [
        paragraph(
          `Une copie de toutes les informations de votre ${context.serviceName} a été faite ${formatTime(context.happenedAt, 'fr')}, dans votre compte ou par votre caisse.`,
        ),
        paragraph('C’était vous ? Gardez ce fichier en lieu sûr : il en dit beaucoup sur vous.'),
        ...notYou(content, context),
      ],
    }),
  },
};
