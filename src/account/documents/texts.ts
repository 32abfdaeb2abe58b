import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly attestation: string;
  readonly card: string;
  readonly received: string;
  readonly none: string;
  readonly noneHelp: string;
  readonly isNew: string;
  readonly read: (day: string) => string;
  /** After the name of the sender. */
  readonly on: (day: string) => string;
  /** The title of the page of one document: what it is about stands on the page, not in the history of the browser. */
  readonly document: (day: string) => string;
  readonly unknownSender: string;
  readonly about: (name: string) => string;
  readonly posted: (day: string) => string;
  readonly pages: string;
  readonly page: (page: number, of: number) => string;
  readonly newer: string;
  readonly older: string;
  readonly back: string;
  readonly from: string;
  readonly when: string;
  readonly whom: string;
  readonly you: string;
  readonly paper: string;
  readonly noAddress: string;
  readonly state: string;
  readonly unread: string;
  readonly file: string;
  readonly matters: string;
  readonly notified: string;
  readonly download: (size: string) => string;
  readonly safe: string;
}

export const documentTexts = catalogue<Texts>({
  fr: {
    title: 'Mes documents',
    lead: 'Voici ce que votre caisse et votre mutuelle vous ont envoyé. Le plus récent est en haut.',
    attestation: 'Faire une attestation de droits',
    card: 'Commander la carte européenne, ou faire un certificat provisoire',
    received: 'Mes documents reçus',
    none: 'Vous n’avez pas encore reçu de document.',
    noneHelp:
      'Quand un document arrive ici, nous vous envoyons un email. Il ne contient ni montant, ni document.',
    isNew: 'Nouveau',
    read: (day) => `Lu le ${day}`,
    on: (day) => `reçu le ${day}`,
    document: (day) => `Document du ${day}`,
    unknownSender: 'Votre caisse',
    about: (name) => `Pour ${name}`,
    posted: (day) => `Envoyé aussi par courrier le ${day}`,
    pages: 'Pages des documents',
    page: (page, of) => `Page ${page} sur ${of}`,
    newer: 'Plus récents',
    older: 'Plus anciens',
    back: 'Mes documents',
    from: 'Envoyé par',
    when: 'Reçu le',
    whom: 'Pour',
    you: 'Vous',
    paper: 'Par courrier',
    noAddress:
      'Ce document devait aussi partir par courrier. Votre caisse ne connaît pas votre adresse, ou une lettre en est revenue : donnez-lui votre adresse. Le document partira alors.',
    state: 'État',
    unread: 'Pas encore lu',
    file: 'Fichier',
    matters: 'Ce document est important : téléchargez-le et lisez-le.',
    notified:
      'Quand vous téléchargez ce document pour la première fois, nous notons la date. C’est elle qui compte comme date de lecture.',
    download: (size) => `TÉLÉCHARGER (${size})`,
    safe: 'Vous n’êtes pas chez vous ? Le fichier reste sur l’appareil : effacez-le avant de partir.',
  },
  en: {
    title: 'My documents',
    lead: 'Here is what your health insurance fund and your complementary insurer have sent you. The newest is at the top.',
    attestation: 'Make a certificate of rights',
    card: 'Order the European card, or make a provisional certificate',
    received: 'Documents that I received',
    none: 'You have not received any document yet.',
    noneHelp: 'When a document arrives here, we send you an email. It contains no amount and no document.',
    isNew: 'New',
    read: (day) => `Read on ${day}`,
    on: (day) => `received on ${day}`,
    document: (day) => `Document of ${day}`,
    unknownSender: 'Your fund',
    about: (name) => `For ${name}`,
    posted: (day) => `Also sent by post on ${day}`,
    pages: 'Pages of documents',
    page: (page, of) => `Page ${page} of ${of}`,
    newer: 'Newer',
    older: 'Older',
    back: 'My documents',
    from: 'Sent by',
    when: 'Received on',
    whom: 'For',
    you: 'You',
    paper: 'By post',
    noAddress:
      'This document should also have gone by post. Your caisse does not know your address, or a letter came back from it: please give it your address. The document will then leave.',
    state: 'State',
    unread: 'Not read yet',
    file: 'File',
    matters: 'This document is important: download it and read it.',
    notified:
      'When you download this document for the first time, we record the date. It counts as the date on which you read it.',
    download: (size) => `DOWNLOAD (${size})`,
    safe: 'You are not at home? The file stays on the device: delete it before you leave.',
  },
  plain: {
    fr: {
      noAddress:
        'Ce document doit partir par courrier. Votre caisse ne connaît pas votre adresse. Donnez-lui votre adresse.',
      title: 'Vos documents',
      lead: 'Votre caisse et votre mutuelle vous ont envoyé ces documents. Le plus récent est en haut.',
      attestation: 'Faire une attestation',
      card: 'Commander la carte européenne',
      received: 'Vos documents reçus',
      none: 'Vous n’avez pas encore de document.',
      noneHelp: 'Quand un document arrive ici, vous recevez un email.',
      back: 'Vos documents',
      matters: 'Ce document est important. Téléchargez-le et lisez-le.',
      notified: 'Quand vous téléchargez ce document, nous notons la date. Elle compte comme date de lecture.',
      download: (size) => `Télécharger (${size})`,
      safe: 'Vous n’êtes pas chez vous ? Effacez le fichier avant de partir.',
    },
    en: {
      title: 'Your documents',
      received: 'Documents that you received',
      back: 'Your documents',
      download: (size) => `Download (${size})`,
    },
  },
});
