import type { TrayMail } from '#src/demo/trays/mail-reading.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { common } from '#src/texts/common.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

/** A domain that nobody can own, and that looks nearly right. */
const forgedSender = { name: 'Assurance Maladie', address: 'remboursement@ameli-urgent.example' };

/** Fake mails have it as true ones do: it tells nobody which is which. */
const band = common.fr.invented.exercise;

/** Whether a mail of the class is the forged one. */
export function isForged({ de }: Pick<TrayMail, 'de'>): boolean {
  return de.includes(forgedSender.address);
}

/** A forged mail that asks for a bank card; its link leads to a page of the class that explains it. */
export function forgedMail({ email }: SeatPerson, publicUrl: string) {
  return {
    from: forgedSender,
    to: email,
    subject: `${band.title}URGENT\u00a0: votre remboursement de 186,40\u00a0€ expire ce soir`,
    text: `${band.short}

Cher client,

Un remboursement de 186,40\u00a0€ vous attend. Il sera perdu ce soir à minuit.

Pour le recevoir, donnez le numéro de votre carte bancaire ici\u00a0:
${publicUrl}/atelier/poste/vrai-ou-faux/lien-du-courriel

Le service des remboursements`,
  };
}

/** The true message whose code the caller wants. */
export function callSms(code: string): string {
  return `Assurance Maladie : votre code est ${code}. Ne le donnez à personne, même au téléphone.`;
}

/** A forged letter with a drawing to photograph; it leads to a page of the class that explains it. */
export function forgedLetter({ person: { line } }: SeatPerson, publicUrl: string): PaperDocument {
  const address = `${publicUrl}/atelier/poste/vrai-ou-faux/lien-de-la-lettre`;
  return {
    id: 'lettre',
    language: 'fr',
    title: 'Dernier rappel\u00a0: votre carte Vitale expire',
    sender: ['Service national de la carte Vitale'],
    date: 'Aujourd’hui',
    frame: {
      kind: 'window-envelope',
      to: [`${line.givenNames[0] ?? ''} ${line.usageName ?? line.birthName}`, ...line.address],
    },
    blocks: [
      { kind: 'paragraph', text: 'Cher assuré,' },
      {
        kind: 'paragraph',
        text: 'Votre carte Vitale ne marchera plus dans 48\u00a0heures. Vous devez payer 1,95\u00a0€ pour la garder.',
      },
      {
        kind: 'list',
        style: 'numbered',
        items: [
          { text: 'Photographiez le dessin carré avec votre téléphone.', address },
          { text: 'Donnez le numéro de votre carte bancaire.' },
        ],
        qrCode: { address, alt: `Dessin carré qui ouvre la page ${address}` },
      },
    ],
  };
}
