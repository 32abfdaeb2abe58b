import type { EndpointId } from '#src/api/endpoint.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: (service: string) => string;
  readonly lead: readonly string[];
  readonly token: string;
  readonly languageHeader: string;
  readonly keyHeader: string;
  readonly success: string;
  readonly endpoints: Readonly<Record<EndpointId, readonly [summary: string, description: string]>>;
  readonly machine: string;
  readonly request: string;
  readonly response: string;
  readonly example: string;
  readonly optional: string;
  readonly refusals: string;
  readonly noBody: string;
  readonly nothing: string;
  readonly problemsTitle: string;
  readonly problemsLead: string;
  readonly fieldCodes: string;
}

/** The texts of the API documentation. */
export const documentationTexts = catalogue<Texts>({
  fr: {
    title: (service) => `Interface de programmation du ${service}`,
    lead: [
      'Une application ouvre ici un compte par la carte Vitale et l’IBAN, étape par étape, comme le font les pages du site\u00a0: mêmes règles, mêmes limites, mêmes phrases.',
      'La première demande donne un jeton. Les suivantes l’envoient dans l’en-tête Authorization\u00a0: Bearer. Une réponse qui contient un jeton le remplace\u00a0: l’ancien ne vaut plus rien. Il ne vaut que pour ce dossier, et se perd après un moment sans demande.',
      'Chaque réponse dit où en est la personne (etape) et où continuer (suite). Une étape demandée trop tôt ou trop tard répond 409, avec la bonne adresse.',
      'Quand la carte ne suffit pas, la suite se passe sur le site\u00a0: etape vaut alors autres-moyens, ou non-eligible quand aucun compte ne peut être ouvert.',
    ],
    token: 'Le dernier jeton reçu. Aucun cookie ne compte ici.',
    languageHeader: 'fr ou en\u00a0: la langue des phrases. Français sinon.',
    keyHeader:
      'Facultatif. Une clé neuve pour chaque demande, par exemple un UUID\u00a0: la même demande envoyée deux fois a alors un seul effet et la même réponse, pendant 24 heures.',
    success: 'Accepté.',
    endpoints: {
      begin: [
        'Dire qui l’on est',
        'Compare avec le registre. Ouvre le dossier d’une personne reconnue et donne son jeton. Une personne inconnue et un nom faux ont la même réponse.',
      ],
      standing: [
        'Savoir où l’on en est',
        'L’étape en cours, et jusqu’à quand le jeton vaut sans autre demande.',
      ],
      abandon: [
        'Abandonner',
        'Termine le jeton et oublie le dossier. Un compte déjà créé attend toujours sa confirmation.',
      ],
      readVerification: [
        'Savoir quelle preuve est demandée',
        'Le genre de carte, les chiffres à saisir, et ce qui est montré de l’IBAN connu.',
      ],
      verify: [
        'Prouver son identité',
        'Juge ensemble la fin de l’IBAN et le numéro de série de la carte Vitale, sans jamais dire lequel est faux.',
      ],
      readTerms: [
        'Lire les conditions d’utilisation',
        'Le texte entier, à montrer à la personne, et sa version.',
      ],
      answerTerms: [
        'Accepter ou refuser les conditions',
        'Un refus est gardé et peut être repris\u00a0: l’étape reste conditions.',
      ],
      readPassword: ['Savoir ce qu’un mot de passe doit contenir', 'Les règles de cette installation.'],
      choosePassword: [
        'Choisir le mot de passe',
        'Tout ce qui ne va pas est dit en une fois. Seule une empreinte est gardée.',
      ],
      readContact: [
        'Savoir quelles coordonnées sont demandées',
        'Les téléphones et les consentements, chacun avec la phrase exacte à montrer.',
      ],
      giveContact: [
        'Donner ses coordonnées',
        'Crée le compte et envoie le message de confirmation. Un consentement absent vaut false. Une adresse qui semble mal écrite est questionnée une fois (code other-domain)\u00a0: renvoyée avec adresseProposee, elle est prise telle quelle.',
      ],
      readWaiting: [
        'Savoir ce que l’on attend',
        'L’adresse masquée, les délais, et ce qu’est devenu le message.',
      ],
      confirm: [
        'Confirmer l’adresse par le code',
        'Le code est dans le message. Le compte est alors actif\u00a0: on se connecte ici ou sur le site.',
      ],
      sendAgain: ['Recevoir un nouveau message', 'Le lien et le code précédents ne fonctionnent plus.'],
      correctAddress: [
        'Corriger l’adresse',
        'Un nouveau message part à la nouvelle adresse. Les anciens ne servent plus.',
      ],
      signIn: [
        'Se connecter',
        'Par le numéro de sécurité sociale et le mot de passe, avec les mêmes limites que sur le site. Un numéro inconnu, un mot de passe faux et un compte qui ne s’ouvre pas ont la même réponse. appareil est à garder et à renvoyer la fois suivante\u00a0: sans lui, la personne est prévenue d’une connexion depuis un nouvel appareil.',
      ],
      signOut: ['Se déconnecter', 'Termine le jeton.'],
      payments: [
        'Lire les paiements',
        'Ceux de la période montrée sur le site, les plus récents d’abord, avec ses filtres. Les montants sont en centimes. Ce qui concerne un autre adulte n’y est jamais.',
      ],
      payment: ['Lire un paiement', 'Ses lignes, ce qui a été retenu, et le calcul en phrases.'],
      statement: [
        'Recevoir le relevé d’un mois',
        'En PDF, écrit à la demande. Les mois possibles sont dans releves, avec les paiements.',
      ],
      taxStatement: [
        'Recevoir le relevé fiscal d’une année',
        'En PDF, écrit à la demande. Les années possibles sont dans relevesFiscaux, avec les paiements.',
      ],
      rights: [
        'Lire les droits',
        'Les personnes assurées ensemble, sans les autres adultes et sans information de santé.',
      ],
      documents: [
        'Lire la liste des documents reçus',
        'Les plus récents d’abord. Lire cette liste ne marque aucun document comme lu.',
      ],
      documentFile: [
        'Recevoir un document',
        'Le fichier, tel que son expéditeur l’a déposé. Le recevoir ici ne le marque pas comme lu : un programme n’est pas la personne. Un document important qui n’est pas ouvert sur le site part donc aussi par courrier.',
      ],
      messages: [
        'Lire les messages',
        'Les messages échangés avec la caisse, et leurs pièces jointes. Les lire ici ne les marque pas comme lus.',
      ],
      messageFile: [
        'Recevoir une pièce jointe',
        'Le fichier d’une pièce jointe, nommée par son fil et par son id.',
      ],
    },
    machine: 'La même description pour les programmes (OpenAPI 3.1)',
    request: 'Envoyé',
    response: 'Reçu',
    example: 'Exemple',
    optional: '(facultatif)',
    refusals: 'Refus possibles',
    noBody: 'Rien n’est à envoyer dans le corps.',
    nothing: 'Rien.',
    problemsTitle: 'Les refus',
    problemsLead:
      'Un refus est un document application/problem+json (RFC 9457). Les programmes lisent code, les personnes lisent detail, et le message de chaque champ.',
    fieldCodes: 'Les codes de chaque champ sont ceux des pages du site.',
  },
  en: {
    title: (service) => `Programming interface of the ${service}`,
    lead: [
      'An application opens an account here with the carte Vitale and the IBAN, step by step, as the pages of the site do: the same rules, the same limits, the same sentences.',
      'The first request gives a token. The next ones send it in the header Authorization: Bearer. An answer that holds a token replaces it: the older one is worth nothing any more. It is only good for this dossier, and is lost after a while without a request.',
      'Each answer says where the person stands (etape) and where to go on (suite). A step that is asked for too early or too late answers 409, with the right address.',
      'When the card is not enough, the rest happens on the site: etape is then autres-moyens, or non-eligible when no account can be opened.',
    ],
    token: 'The latest token received. No cookie counts here.',
    languageHeader: 'fr or en: the language of the sentences. French otherwise.',
    keyHeader:
      'Optional. A new key for each request, a UUID for instance: the same request sent twice then has one effect and the same answer, for 24 hours.',
    success: 'Accepted.',
    endpoints: {
      begin: [
        'Say who one is',
        'Compares with the register. Opens the dossier of a recognised person and gives its token. An unknown person and a wrong name get the same answer.',
      ],
      standing: [
        'Know where one stands',
        'The current step, and until when the token is good without another request.',
      ],
      abandon: [
        'Give up',
        'Ends the token and forgets the dossier. An account that was created still waits for its confirmation.',
      ],
      readVerification: [
        'Know which proof is asked for',
        'The kind of card, the digits to enter, and what is shown of the known IBAN.',
      ],
      verify: [
        'Prove one’s identity',
        'Judges the end of the IBAN and the serial number of the carte Vitale together, and never says which is wrong.',
      ],
      readTerms: ['Read the terms of use', 'The whole text, to be shown to the person, and its version.'],
      answerTerms: [
        'Accept or refuse the terms',
        'A refusal is kept and can be taken back: the step remains conditions.',
      ],
      readPassword: ['Know what a password must contain', 'The rules of this installation.'],
      choosePassword: ['Choose the password', 'Every problem is reported at once. Only a hash is kept.'],
      readContact: [
        'Know which contact details are asked for',
        'Telephones and consents, each with the exact sentence to be shown.',
      ],
      giveContact: [
        'Give contact details',
        'Creates the account and sends the confirmation message. An absent consent is false. An address that looks mistyped is questioned once (code other-domain): sent again with adresseProposee, it is taken as it is.',
      ],
      readWaiting: [
        'Know what is waited for',
        'The masked address, the deadlines, and what became of the message.',
      ],
      confirm: [
        'Confirm the address by the code',
        'The code is in the message. The account is then active: one signs in here or on the site.',
      ],
      sendAgain: ['Receive a new message', 'The former link and code are no longer of use.'],
      correctAddress: [
        'Correct the address',
        'A new message goes to the new address. The old ones are no longer of use.',
      ],
      signIn: [
        'Sign in',
        'By the social security number and the password, with the limits of the site. An unknown number, a wrong password and an account that does not open get the same answer. appareil is to be kept and sent again next time: without it, the person is told of a sign-in from a new device.',
      ],
      signOut: ['Sign out', 'Ends the token.'],
      payments: [
        'Read the payments',
        'Those of the period that the site shows, the newest first, with its filters. Amounts are in cents. What is about another adult is never among them.',
      ],
      payment: [
        'Read one payment',
        'Its lines, what was kept back, and how the sum came about, in sentences.',
      ],
      statement: [
        'Receive the statement of a month',
        'As PDF, written on demand. The months that have one are in releves, with the payments.',
      ],
      taxStatement: [
        'Receive the tax statement of a year',
        'As PDF, written on demand. The years that have one are in relevesFiscaux, with the payments.',
      ],
      rights: [
        'Read the rights',
        'The people insured together, without other adults and without health information.',
      ],
      documents: [
        'Read the list of received documents',
        'The newest first. To read this list marks no document as read.',
      ],
      documentFile: [
        'Receive a document',
        'The file, as its sender deposited it. To receive it here does not mark it as read: a program is not the person. An important document that is not opened on the site therefore goes by post as well.',
      ],
      messages: [
        'Read the messages',
        'The messages exchanged with the caisse, and their attachments. To read them here does not mark them as read.',
      ],
      messageFile: ['Receive an attachment', 'The file of an attachment, named by its thread and its id.'],
    },
    machine: 'The same description for programs (OpenAPI 3.1)',
    request: 'Sent',
    response: 'Received',
    example: 'Example',
    optional: '(optional)',
    refusals: 'Possible refusals',
    noBody: 'There is nothing to send in the body.',
    nothing: 'Nothing.',
    problemsTitle: 'Refusals',
    problemsLead:
      'A refusal is an application/problem+json document (RFC 9457). Programs read code, people read detail, and the message of each field.',
    fieldCodes: 'The codes of each field are those of the site’s pages.',
  },
});
