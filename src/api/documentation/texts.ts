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
      rights: [
        'Lire les droits',
        'Les personnes assurées ensemble, sans les autres adultes et sans information de santé.',
      ],
      documents: [
        'Lire la liste des documents reçus',
        'Le document lui-même s’ouvre sur le site, qui note quand il a été lu.',
      ],
      messages: [
        'Lire les messages',
        'Les messages échangés avec la caisse. Les lire ici ne les marque pas comme lus.',
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
      rights: [
        'Read the rights',
        'The people insured together, without other adults and without health information.',
      ],
      documents: [
        'Read the list of received documents',
        'The document itself opens on the site, which notes when it was read.',
      ],
      messages: [
        'Read the messages',
        'The messages exchanged with the caisse. To read them here does not mark them as read.',
      ],
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

/** The description of each field of requests and answers. */
export const fieldTexts = catalogue<Readonly<Record<string, string>>>({
  fr: {
    nom: 'Nom de naissance ou nom d’usage. Accents, tirets et majuscules ne comptent pas.',
    nir: 'Numéro de sécurité sociale\u00a0: 13 caractères, avec ou sans la clé.',
    dateNaissance: 'jj/mm/aaaa. 00 pour un jour ou un mois que l’état civil ne connaît pas.',
    codePostal: 'Celui du domicile, ou d’une ancienne adresse.',
    iban7: 'Les 7 derniers caractères de l’IBAN connu de la caisse.',
    numeroSerie: 'Numéro de série de la carte Vitale\u00a0: les chiffres demandés par GET.',
    accord: 'true pour accepter, false pour refuser\u00a0; null tant que rien n’est répondu.',
    motDePasse: 'Le mot de passe choisi.',
    email: 'Adresse email personnelle, lue souvent.',
    adresseProposee: 'L’adresse proposée par le refus other-domain, quand la personne garde la sienne.',
    portable: 'Téléphone portable français, outre-mer compris. Vide\u00a0: aucun.',
    fixe: 'Téléphone fixe français. Vide\u00a0: aucun.',
    promoEmail: 'Consentement\u00a0: la phrase exacte est donnée par GET.',
    promoPortableTelephone: 'Consentement\u00a0: la phrase exacte est donnée par GET.',
    promoPortableSms: 'Consentement\u00a0: la phrase exacte est donnée par GET.',
    promoFixeTelephone: 'Consentement\u00a0: la phrase exacte est donnée par GET.',
    contactTelephone: 'Consentement\u00a0: la phrase exacte est donnée par GET.',
    contactSms: 'Consentement\u00a0: la phrase exacte est donnée par GET.',
    etudes: 'Consentement\u00a0: la phrase exacte est donnée par GET.',
    code: 'Le code du message de confirmation, ou le code d’un refus.',
    jeton: 'Le jeton du dossier ou du compte, à garder secret et à oublier ensuite.',
    etape: 'Où en est la personne.',
    suite: 'L’adresse à laquelle continuer.',
    expireLe: 'Fin du jeton si rien d’autre n’est demandé.',
    carte: 'Carte Vitale avec ou sans photo.',
    prefixe: 'Le début du numéro de série, imprimé sur la carte, à ne pas saisir. null s’il n’y en a pas.',
    chiffres: 'Combien de chiffres sont à saisir\u00a0: toute longueur de la liste convient.',
    ibanConnu: 'Ce qui est montré de l’IBAN connu de la caisse. null\u00a0: rien.',
    version: 'Version du texte.',
    langue: 'Langue du texte.',
    introduction: 'Phrase d’introduction.',
    clauses: 'Ce que l’on accepte, en bref.',
    articles: 'Le texte détaillé.',
    minimum: 'Nombre de caractères au moins.',
    maximum: 'Nombre de caractères au plus.',
    composition:
      'mixed\u00a0: une minuscule, une majuscule, un chiffre ou un signe\u00a0; digits\u00a0: des chiffres seulement\u00a0; free\u00a0: tout.',
    signes: 'Signes admis.',
    telephones: 'Les téléphones demandés, dans l’ordre.',
    consentements:
      'Les consentements demandés, dans l’ordre\u00a0: le champ, la phrase à montrer, sa version.',
    adresse: 'L’adresse à laquelle le message est parti, masquée.',
    lienActifJusquA: 'Fin du lien et du code.',
    attenteJusquA: 'Fin de l’attente\u00a0: le compte non confirmé tombe alors.',
    message: 'Ce qu’est devenu le dernier message. null\u00a0: rien n’est connu.',
    type: 'Adresse de la documentation de ce refus.',
    title: 'Titre du refus.',
    status: 'Le statut HTTP.',
    detail: 'La phrase à montrer à la personne.',
    champs: 'Les champs à corriger\u00a0: leur nom, un code, la phrase à montrer.',
    reessayerA: 'Avant cet instant, un nouvel essai ne marchera pas.',
    appareil: 'Ce que la connexion précédente a donné. Absent ou vide\u00a0: un nouvel appareil.',
    du: 'Premier jour, aaaa-mm-jj.',
    au: 'Dernier jour, aaaa-mm-jj.',
    beneficiaire: 'Le rang d’une personne\u00a0: seulement ses paiements.',
    nature: 'soins, tiers, ij, invalidite ou rentes. Peut être répété dans les filtres.',
    id: 'Identifiant.',
    date: 'Jour du paiement.',
    montant: 'En centimes\u00a0: ce qui a été versé, retenues déduites.',
    destinataire: 'Qui a été payé. null\u00a0: la personne.',
    periode: 'Les jours qui ont été lus.',
    personnes: 'Les personnes dont les paiements se lisent, par rang.',
    paiements: 'Les paiements, et la part de chaque personne.',
    lignes: 'Les soins et les prestations.',
    retenues: 'Participations forfaitaires et franchises.',
    phrases: 'Le calcul, à montrer à la personne.',
    beneficiaires: 'Les personnes assurées ensemble, et la période de leurs droits.',
    documents: 'Les documents, les plus récents d’abord.',
    messages: 'Les messages, les plus récents d’abord.',
  },
  en: {
    nom: 'Name at birth or name in use. Accents, hyphens and capitals do not count.',
    nir: 'Social security number: 13 characters, with or without the key.',
    dateNaissance: 'dd/mm/yyyy. 00 for a day or a month that civil status does not know.',
    codePostal: 'Postcode of the home, or of a former address.',
    iban7: 'The last 7 characters of the IBAN that the caisse knows.',
    numeroSerie: 'Serial number of the carte Vitale: the digits that GET asks for.',
    accord: 'true to accept, false to refuse; null while nothing was answered.',
    motDePasse: 'The chosen password.',
    email: 'A personal email address, read often.',
    adresseProposee: 'The address proposed by the refusal other-domain, when the person keeps their own.',
    portable: 'French mobile number, overseas included. Empty: none.',
    fixe: 'French landline number. Empty: none.',
    promoEmail: 'Consent: the exact sentence is given by GET.',
    promoPortableTelephone: 'Consent: the exact sentence is given by GET.',
    promoPortableSms: 'Consent: the exact sentence is given by GET.',
    promoFixeTelephone: 'Consent: the exact sentence is given by GET.',
    contactTelephone: 'Consent: the exact sentence is given by GET.',
    contactSms: 'Consent: the exact sentence is given by GET.',
    etudes: 'Consent: the exact sentence is given by GET.',
    code: 'The code of the confirmation message, or the code of a refusal.',
    jeton: 'The token of the dossier or the account, to be kept secret and then forgotten.',
    etape: 'Where the person stands.',
    suite: 'The address at which to go on.',
    expireLe: 'End of the token if nothing else is asked.',
    carte: 'Carte Vitale with or without photo.',
    prefixe:
      'The beginning of the serial number, printed on the card, not to be entered. null if there is none.',
    chiffres: 'How many digits are to be entered: any length of the list will do.',
    ibanConnu: 'What is shown of the IBAN that the caisse knows. null: nothing.',
    version: 'Version of the text.',
    langue: 'Language of the text.',
    introduction: 'Introductory sentence.',
    clauses: 'What is accepted, in short.',
    articles: 'The detailed text.',
    minimum: 'Number of characters at least.',
    maximum: 'Number of characters at most.',
    composition:
      'mixed: a lower case letter, a capital, a digit or a sign; digits: digits only; free: anything.',
    signes: 'Signs that are allowed.',
    telephones: 'The telephones that are asked for, in order.',
    consentements:
      'The consents that are asked for, in order: the field, the sentence to be shown, its version.',
    adresse: 'The address to which the message was sent, masked.',
    lienActifJusquA: 'End of the link and of the code.',
    attenteJusquA: 'End of the wait: an account that is not confirmed then falls.',
    message: 'What became of the last message. null: nothing is known.',
    type: 'Address of the documentation of this refusal.',
    title: 'Title of the refusal.',
    status: 'The HTTP status.',
    detail: 'The sentence to be shown to the person.',
    champs: 'The fields to be corrected: their name, a code, the sentence to be shown.',
    reessayerA: 'Trying again before that instant is of no use.',
    appareil: 'What the previous sign-in gave. Absent or empty: a new device.',
    du: 'First day, yyyy-mm-dd.',
    au: 'Last day, yyyy-mm-dd.',
    beneficiaire: 'The rank of a person: only their payments.',
    nature: 'soins, tiers, ij, invalidite or rentes. May be repeated among filters.',
    id: 'Identifier.',
    date: 'Day of the payment.',
    montant: 'In cents: what was paid, what was kept back subtracted.',
    destinataire: 'Who was paid. null: the person.',
    periode: 'The days that were read.',
    personnes: 'The people whose payments are read, by rank.',
    paiements: 'The payments, and the share of each person.',
    lignes: 'Care and benefits.',
    retenues: 'Flat-rate contributions and franchises.',
    phrases: 'How the sum came about, to be shown to the person.',
    beneficiaires: 'The people insured together, and the period of their rights.',
    documents: 'The documents, the newest first.',
    messages: 'The messages, the newest first.',
  },
});
