import assert from 'node:assert/strict';
import { Learner, type Whims } from './learners.ts';

/** Valid, and nobody’s of the class: it could be the learner’s own. */
export const ownNir = '2 84 05 75 114 005 81';
export const ownMail = 'karim.vrai@gmail.com';

/** Twelve people, by what happens to each of them. */
export function characters(of: (name: string) => Learner): Readonly<Record<string, Whims>> {
  return {
    // Steady; reads the mail on a telephone.
    Lucie: {
      waiting: async (lucie) => {
        await lucie.toDesk();
        await lucie.reader.press('Montrer un code');
        const deviceCode = /<strong>([\dA-Z]{5})<\/strong>/.exec(lucie.reader.html)?.[1];
        assert.ok(deviceCode, lucie.reader.words);
        const telephone = new Learner('', lucie.room);
        await telephone.join(deviceCode);
        await telephone.toDesk();
        telephone.reader.reads('Bonjour Lucie.');
        await telephone.readMail();
        await telephone.goOn('link');
        await lucie.reader.open('/connexion');
      },
    },
    // Copies a digit wrongly, and comes back with the back button when it is right.
    Paul: {
      identity: async (paul) => {
        const typed = paul.identity();
        const right = paul.paper('Numéro de sécurité sociale');
        const wrong = right.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
        await paul.reader.press('CONTINUER', { ...typed, 'Mon n° de sécurité sociale': wrong });
        paul.refused('Recopiez celui de la carte Vitale de votre poste', [wrong.replaceAll(' ', '')]);
      },
      proof: async (paul) => {
        paul.reader.back();
        await paul.goOn('identity');
        paul.reader.reads('Accédez immédiatement à votre compte');
        await paul.reader.press(
          'VALIDER',
          paul.proof({ 'Saisissez les 7 derniers caractères de votre IBAN': '0000000' }),
        );
        assert.equal(paul.reader.status, 422);
      },
    },
    // Copies the card of her neighbour, and gets another person.
    Nora: {
      identity: async (nora) => {
        const ofLucie = of('Lucie').paper('Numéro de sécurité sociale');
        await nora.reader.press('CONTINUER', nora.identity({ 'Mon n° de sécurité sociale': ofLucie }));
        nora.refused('Recopiez celui de la carte Vitale de votre poste', [ofLucie]);
        const before = nora.paper('Numéro de sécurité sociale');
        await nora.ask('another-person');
        await nora.toDesk();
        assert.notEqual(nora.paper('Numéro de sécurité sociale'), before);
      },
    },
    // Types what could be his own, gives up, and is put forward, back and forward again.
    Karim: {
      identity: async (karim) => {
        await karim.reader.press('CONTINUER', karim.identity({ 'Mon n° de sécurité sociale': ownNir }));
        karim.refused('N’utilisez jamais votre vrai numéro ici', [
          ownNir,
          ownNir.replaceAll(' ', ''),
          '28405',
        ]);
        await karim.ask('give-up');
        await karim.toDesk();
        karim.password = /mot de passe pour l’exercice : (\S+)/.exec(karim.reader.words)?.[1] ?? '';
        karim.reader.reads('Votre formateur vous a fait avancer.');
      },
      contact: async (karim) => {
        await karim.reader.press('CONTINUER', karim.contact(ownMail));
        karim.refused('N’utilisez jamais votre vraie adresse', [ownMail]);
      },
    },
    // A weak password, then two that differ.
    Simone: {
      password: async (simone) => {
        await simone.reader.press('CONTINUER', simone.choice('azerty'));
        simone.refused(/Erreur/, ['azerty']);
        await simone.reader.press('CONTINUER', simone.choice('Girafe.Soleil9', 'Girafe.Soleil8'));
        simone.refused(/Erreur/, ['Soleil8', 'Soleil9']);
      },
    },
    // Asks for a second mail, opens the link of the first, and one that she has cut.
    Josette: {
      waiting: async (josette) => {
        const waiting = josette.reader.tab();
        await josette.readMail();
        const old = josette.reader.path;
        await josette.ask('later');
        await waiting.reload();
        await waiting.press('Recevoir un nouveau message');
        await josette.toMailbox();
        await josette.until(async () => {
          await josette.reader.reload();
          return (josette.reader.words.match(/Confirmation de votre adresse mail/g)?.length ?? 0) > 1;
        }, 'the second mail');
        await josette.reader.open(old);
        josette.reader.reads('Ce lien a été remplacé');
        await josette.reader.open(old.slice(0, -9));
        josette.reader.reads('Ce lien ne fonctionne pas');
        await josette.readMail();
      },
    },
    // Has the same page in two tabs, and sends both.
    Ahmed: {
      password: async (ahmed) => {
        const other = ahmed.reader.tab();
        await ahmed.goOn('password');
        await other.press('CONTINUER', ahmed.choice('Autre.Tigre77'));
        ahmed.password = 'Autre.Tigre77';
        ahmed.reader = other;
      },
    },
    // Presses everything twice, and loads each page again.
    Mireille: Object.fromEntries(
      (['identity', 'proof', 'terms', 'password', 'contact', 'link'] as const).map((place) => [
        place,
        async (mireille: Learner) => {
          await mireille.reader.reload();
          await mireille.goOn(place, 2);
          await mireille.reader.reload();
        },
      ]),
    ),
    // Reads English in the middle of a form, and loses nothing of it.
    Olga: {
      contact: async (olga) => {
        const email = olga.paper('Adresse email');
        await olga.reader.press('English', { 'Saisissez votre adresse email': email });
        assert.match(olga.reader.html, /<html lang="en"/);
        assert.ok(olga.reader.html.includes(`value="${email}"`));
        await olga.reader.press('Français');
        assert.ok(olga.reader.html.includes(`value="${email}"`));
      },
    },
    // Closes the window and comes back by the code; then takes another machine.
    René: {
      terms: async (rene) => {
        await rene.reader.open('/atelier');
        await rene.toDesk();
        rene.reader.reads('Bonjour René.');
        const old = rene.reader;
        const moving = await rene.room.tell('René', 'other-machine');
        const machine = new Learner('', rene.room);
        await machine.join(moving);
        await machine.toDesk();
        machine.reader.reads('Bonjour René.');
        await old.open('/creer-mon-compte/conditions');
        old.reads('Votre place est maintenant sur un autre appareil.');
        rene.reader = machine.reader;
      },
    },
    // The mail is not where she looks; she asks.
    Fatou: {
      waiting: async (fatou) => {
        await fatou.toMailbox();
        await fatou.until(async () => {
          await fatou.reader.follow('Voir s’il y a du nouveau');
          return fatou.reader.sees(/Indésirables \(1 nouveau\)/);
        }, 'a mail among the unwanted');
        fatou.reader.reads('Aucun email pour le moment.');
        await fatou.ask('mail');
        await fatou.toMailbox();
        await fatou.reader.follow(/^Indésirables/);
        await fatou.reader.follow(/Confirmation de votre adresse mail/);
        await fatou.reader.press('Remettre dans la boîte de réception');
        await fatou.readMail();
      },
    },
    // Has no number of the card at hand: asks for a letter, and waits for the postman.
    Georges: {
      proof: (georges) => georges.reader.follow('Je ne dispose pas du numéro de série de ma carte Vitale'),
      code: async (georges) => {
        const typing = georges.reader.tab();
        await georges.toDesk();
        await georges.reader.follow('Ouvrir ma boîte aux lettres');
        georges.reader.reads('Le facteur passe quand votre formateur le dit.');
        await georges.ask('post');
        const provisional = await georges.readLetter();
        georges.reader = typing;
        await typing.reload();
        await typing.press('CONTINUER', { 'Mon code provisoire': 'AAAA BBBB' });
        assert.equal(typing.status, 422);
        const identity = Object.entries(georges.identity()).filter(([label]) => typing.html.includes(label));
        await typing.press('CONTINUER', {
          ...Object.fromEntries(identity),
          'Mon code provisoire': provisional,
        });
      },
    },
  };
}
