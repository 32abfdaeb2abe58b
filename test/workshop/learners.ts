import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { readPdf } from '../documents/other-readers.ts';
import { type Answers, Reader } from './reader.ts';

/** What a learner says aloud in the room. */
export type Wish = 'another-person' | 'give-up' | 'other-machine' | 'post' | 'later' | 'mail';

/** The room as its learners know it: an address, a code on the board, a trainer who hears them. */
export interface RoomOfLearners {
  readonly origin: string;
  readonly code: string;
  /** Says something to the trainer; answers when they have helped, with what they said. */
  tell(name: string, wish: Wish): Promise<string>;
  /** Whether there is nobody to wait for any more. */
  isOver(): boolean;
}

/** A page of the walk, by what is written on it. */
type Place = keyof typeof marks;
const marks = {
  desk: /^Votre poste, place \d+$/,
  start: /^Mon compte ameli$/,
  identity: /^JE CRÉE MON COMPTE AMELI$/,
  proof: /^Accédez immédiatement à votre compte$/,
  ways: /^Les autres moyens d’ouvrir votre compte$/,
  code: /code provisoire/i,
  terms: /^J’accepte les conditions d’utilisation$/,
  password: /^Mot de passe$/,
  contact: /^Informations personnelles$/,
  waiting: /^VALIDATION DE MON EMAIL$/,
  link: /^Confirmer mon email$/,
  confirmed: /^Votre adresse est (déjà )?confirmée$/,
  signIn: /^J’accède à mon compte ameli$/,
  account: /^Mon compte$/,
} as const;

/** What somebody does once, when they come to a page: a mistake, a detour, a pause of their own. */
export type Whims = Partial<Record<Place, (learner: Learner) => Promise<void>>>;

const subject = /Confirmation de votre adresse mail/;

/** Somebody who learns: knows what the pages and their papers say, and nothing else. */
export class Learner {
  readonly name: string;
  readonly room: RoomOfLearners;
  readonly #whims: Whims;
  readonly #done = new Set<string>();
  reader: Reader;
  password = 'Girafe.Soleil9';

  constructor(name: string, room: RoomOfLearners, whims: Whims = {}) {
    this.name = name;
    this.room = room;
    this.#whims = whims;
    this.reader = new Reader(room.origin, room);
  }

  async join(code = this.room.code): Promise<void> {
    await this.reader.open('/atelier');
    await this.reader.press('Entrer', { 'Le code de la classe': code, 'Votre prénom': this.name });
  }

  /** Goes on from page to page until the account is open. */
  async learn(paceMs: number): Promise<void> {
    for (let pages = 0; pages < 120 && !this.room.isOver(); pages += 1) {
      const place = this.place;
      const whim = this.#done.has(place) ? undefined : this.#whims[place];
      this.#done.add(place);
      if (whim) await whim(this);
      else if (place === 'account') return;
      else await this.goOn(place);
      await wait(paceMs);
    }
    throw new Error(`${this.name} goes in circles at «${this.reader.heading}»: ${this.reader.words}`);
  }

  get place(): Place {
    for (const place of Object.keys(marks).filter((one): one is Place => one in marks))
      if (marks[place].test(this.reader.heading)) return place;
    throw new Error(
      `${this.name} is lost on ${this.reader.status} ${this.reader.path}: ${this.reader.words}`,
    );
  }

  async goOn(place = this.place, times = 1): Promise<void> {
    const { reader } = this;
    switch (place) {
      case 'desk':
        return reader.follow(/^(Commencer|Continuer) l’exercice$/);
      case 'start':
        return reader.follow('Je crée mon compte');
      case 'identity':
        return reader.press('CONTINUER', this.identity(), times);
      case 'proof':
        return reader.press('VALIDER', this.proof(), times);
      case 'ways':
        return reader.press('RECEVOIR UN CODE', { 'Par courrier': true });
      case 'code':
        throw new Error('A code needs a letter');
      case 'terms':
        return reader.press('CONTINUER', { 'Oui, j’accepte': true }, times);
      case 'password':
        return reader.press('CONTINUER', this.choice(this.password), times);
      case 'contact':
        return reader.press('CONTINUER', this.contact(), times);
      case 'waiting':
        return this.readMail();
      case 'link':
        return reader.press('Confirmer mon email', {}, times);
      case 'confirmed':
        return reader.follow('Me connecter');
      case 'signIn':
        return this.signIn();
      case 'account':
        return;
    }
  }

  identity(changes: Answers = {}): Answers {
    const [day = '', month = '', year = ''] = this.paper('Date de naissance').split('/');
    const postalCode = /(\d{5}) \p{Lu}/u.exec(this.paper('Adresse'))?.[1] ?? '';
    return {
      'Mon nom': this.paper('Nom').replace(/ \(.*/, ''),
      'Mon n° de sécurité sociale': this.paper('Numéro de sécurité sociale'),
      Jour: day,
      Mois: month,
      Année: year,
      'Mon code postal': postalCode,
      ...changes,
    };
  }

  proof(changes: Answers = {}): Answers {
    return {
      'Saisissez les 7 derniers caractères de votre IBAN': this.paper('IBAN').replaceAll(' ', '').slice(-7),
      'Saisissez les 11 derniers chiffres du numéro de série de votre carte Vitale avec photo': this.paper(
        'Numéro de série de la carte',
      ),
      ...changes,
    };
  }

  choice(password: string, again = password): Answers {
    return { 'Nouveau mot de passe': password, 'Confirmer le mot de passe': again };
  }

  contact(email = this.paper('Adresse email')): Answers {
    return { 'Saisissez votre adresse email': email, 'Je confirme mon adresse email': email, Non: true };
  }

  /** What the yellow band of each page shows of the papers. */
  paper(name: string): string {
    return this.reader.fact(name);
  }

  /** Looks into the mailbox until the mail is there, and opens the link of the newest. */
  async readMail(reader = this.reader): Promise<void> {
    await this.toMailbox(reader);
    await this.until(async () => {
      if (reader.link(subject) !== null) return true;
      await reader.follow(/Voir s’il y a du nouveau|Lire mes emails/);
      return false;
    }, 'a mail');
    await reader.follow(subject);
    await reader.follow('Ouvrir le lien de l’email');
  }

  async toMailbox(reader = this.reader): Promise<void> {
    await this.toDesk(reader);
    await reader.follow('Lire mes emails');
  }

  async toDesk(reader = this.reader): Promise<void> {
    await reader.open('/atelier/poste');
  }

  async signIn(): Promise<void> {
    const typed = { 'Mon numéro de sécurité sociale': this.paper('Numéro de sécurité sociale') };
    await this.reader.press('ME CONNECTER', { ...typed, 'Mon mot de passe': this.password });
  }

  /** The letter that the postman has brought, read as the person reads it. */
  async readLetter(): Promise<string> {
    const { reader } = this;
    await this.toDesk();
    await reader.follow('Ouvrir ma boîte aux lettres');
    await this.until(async () => {
      if (reader.link(/Ouvrir la lettre/) !== null) return true;
      await reader.reload();
      return false;
    }, 'a letter');
    const { text } = await readPdf(await reader.file(/Ouvrir la lettre/));
    await reader.follow('Mon poste');
    return /Le voici :\s+([\dA-Z\s]+)\nCe code/.exec(text)?.[1] ?? text;
  }

  /** Raises the hand, says what is the matter, and waits for the trainer. */
  async ask(wish: Wish): Promise<string> {
    await this.toDesk();
    await this.reader.press('Lever la main');
    this.reader.reads('Votre formateur sait que vous avez besoin d’aide.');
    return this.room.tell(this.name, wish);
  }

  /** What is refused says why on the page, and none of it is shown that must not be. */
  refused(why: string | RegExp, never: readonly string[] = []): void {
    assert.equal(this.reader.status, 422, this.reader.words);
    this.reader.reads(why);
    for (const secret of never) assert.ok(!this.reader.html.includes(secret), `${this.name}: ${secret}`);
  }

  async until(isSo: () => Promise<boolean>, what: string): Promise<void> {
    for (let tries = 0; tries < 300 && !this.room.isOver(); tries += 1) {
      if (await isSo()) return;
      await wait(250);
    }
    throw new Error(`${this.name} waits for ${what} in vain: ${this.reader.words}`);
  }
}
