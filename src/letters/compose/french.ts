import { heading, paragraph } from '#src/documents/block.ts';
import { frenchCover } from '#src/letters/compose/cover-texts.ts';
import { codeToType, type LetterTexts, qrCodeOf, typedAddress } from '#src/letters/compose/texts.ts';
import { paths } from '#src/paths.ts';
import { formatDate, formatHour } from '#src/texts/typography.ts';

const qrCode = (page: string) => qrCodeOf(page, (typed) => `Code QR qui ouvre la page ${typed}`);

const openPage = 'Sur un téléphone ou un ordinateur, ouvrez cette page, ou photographiez le dessin carré :';

const typedWithCode = {
  nir: 'Tapez votre numéro de sécurité sociale, puis ce code.',
  identity: 'Tapez votre nom, votre numéro de sécurité sociale, votre date de naissance, puis ce code.',
};

export const french: LetterTexts = {
  caisse: (name) => `Votre caisse : ${name}`,
  telephone: (telephone) => `Téléphone : ${telephone}`,
  date: (day) => `Le ${day}`,
  reference: (reference) => `Référence de cette lettre : ${reference}`,
  hello: 'Bonjour,',
  kinds: {
    'provisional-code-letter': ({ code, until }, { serviceName, telephone, askedWith, publicUrl }) => {
      const page = publicUrl + paths.provisionalCode;
      const end = new Date(until);
      return {
        title: `Votre code pour ouvrir votre ${serviceName}`,
        blocks: [
          paragraph('Vous avez demandé un code par courrier. Le voici :'),
          codeToType(code),
          paragraph(
            `Ce code fonctionne une seule fois, jusqu’au ${formatDate(end, 'fr')} à\u00a0${formatHour(end, 'fr')}.`,
          ),
          heading('Que faire maintenant ?'),
          {
            kind: 'list',
            style: 'numbered',
            items: [
              { text: openPage, address: typedAddress(page) },
              { text: typedWithCode[askedWith] },
              { text: 'Suivez les étapes. Il vous faut une adresse email que vous lisez souvent.' },
            ],
            qrCode: qrCode(page),
          },
          heading('Gardez ce code pour vous'),
          paragraph(
            'Ne le donnez à personne, ni au téléphone, ni par message. Personne ne vous le demandera au nom de l’Assurance Maladie.',
          ),
          heading('Vous n’avez rien demandé ?'),
          paragraph(`N’utilisez pas ce code et ne le donnez pas. Dites-le à votre caisse au ${telephone}.`),
        ],
      };
    },
    'account-created-letter': (
      { dispute, disputeUntil },
      { serviceName, telephone, publicUrl, createdAt },
    ) => {
      const page = publicUrl + paths.dispute;
      return {
        title: `Un ${serviceName} a été ouvert à votre nom`,
        blocks: [
          paragraph(`Le ${formatDate(createdAt, 'fr')}, un ${serviceName} a été ouvert à votre nom.`),
          heading('C’est vous ?'),
          paragraph('Vous n’avez rien à faire. Vous pouvez garder cette lettre ou la jeter.'),
          heading('Ce n’est pas vous ?'),
          paragraph(
            `Pour bloquer ce compte, voici un code. Il fonctionne jusqu’au ${formatDate(new Date(disputeUntil), 'fr')} :`,
          ),
          codeToType(dispute),
          {
            kind: 'list',
            style: 'numbered',
            items: [
              { text: openPage, address: typedAddress(page) },
              {
                text: 'Tapez le code, puis choisissez « Bloquer ce compte » : plus personne ne pourra s’y connecter.',
              },
              {
                text: `Téléphonez au ${telephone} (service gratuit + prix d’un appel), et surveillez vos remboursements.`,
              },
            ],
            qrCode: qrCode(page),
          },
          paragraph(
            'Personne ne vous demandera votre mot de passe ou un code au nom de l’Assurance Maladie, ni au téléphone, ni par message.',
          ),
        ],
      };
    },
    'account-frozen-letter': (_content, { serviceName, telephone, publicUrl, createdAt }) => ({
      title: `Le ${serviceName} à votre nom est bloqué`,
      blocks: [
        paragraph(
          `Le ${formatDate(createdAt, 'fr')}, le ${serviceName} ouvert à votre nom a été bloqué, parce que quelqu’un nous a dit que ce n’était pas le sien. Plus personne ne peut s’y connecter.`,
        ),
        heading('Pour avoir un compte à vous'),
        {
          kind: 'list',
          style: 'numbered',
          items: [
            {
              text: 'Sur notre site, commencez la création d’un compte :',
              address: typedAddress(publicUrl + paths.identity),
            },
            {
              text: 'Prouvez qui vous êtes avec FranceConnect, ou avec un code reçu par courrier. La carte Vitale ne suffit plus pour ce compte.',
            },
            { text: `Une question, ou une erreur ? Téléphonez au ${telephone}.` },
          ],
        },
      ],
    }),
    'departure-letter': ({ leftAt, until }, { serviceName, telephone, publicUrl }) => ({
      title: 'Vous n’êtes plus assuré à votre caisse',
      blocks: [
        paragraph(
          `Depuis le ${formatDate(new Date(leftAt), 'fr')}, votre caisse ne vous compte plus parmi ses assurés. C’est le cas, par exemple, quand on change de régime ou quand on part vivre à l’étranger. Notre email n’a pas pu vous le dire.`,
        ),
        heading(`Votre ${serviceName}`),
        {
          kind: 'list',
          style: 'bulleted',
          items: [
            {
              text: `Il reste ouvert jusqu’au ${formatDate(new Date(until), 'fr')}. Ensuite, il sera fermé. D’ici là, lisez et enregistrez vos paiements et vos documents :`,
              address: typedAddress(publicUrl + paths.signIn),
            },
            { text: 'Les documents qui arrivent d’ici là vous sont aussi envoyés par courrier.' },
          ],
        },
        paragraph(
          `C’est une erreur ? Téléphonez au ${telephone}. Si votre caisse vous compte de nouveau parmi ses assurés, votre compte est conservé.`,
        ),
      ],
    }),
    'document-letter': frenchCover,
  },
  canary: (batch, { publicUrl }) => {
    const page = publicUrl + paths.provisionalCode;
    return {
      title: `Lettre témoin du lot n° ${batch}`,
      blocks: [
        paragraph('Cette lettre montre à l’exploitant du service que le lot a été imprimé et posté.'),
        paragraph('Un code est imprimé ici comme dans les autres lettres. Il n’ouvre rien :'),
        { kind: 'code', code: 'ESSAI ESSAI' },
        {
          kind: 'list',
          style: 'numbered',
          items: [
            { text: 'Notez le jour où cette lettre arrive, et comparez-le au jour où le lot a été remis.' },
            {
              text: 'Vérifiez que l’adresse entière se voit dans la fenêtre de l’enveloppe, et rien d’autre.',
            },
            {
              text: 'Photographiez le dessin carré. Il doit ouvrir cette page :',
              address: typedAddress(page),
            },
          ],
          qrCode: qrCode(page),
        },
      ],
    };
  },
};
