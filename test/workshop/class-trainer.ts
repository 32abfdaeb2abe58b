import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Learner, Wish } from './learners.ts';
import { Reader } from './reader.ts';

const boardData = z.looseObject({
  id: z.string(),
  etat: z.string(),
  horloge: z.string(),
  places: z.array(
    z.looseObject({
      place: z.number(),
      prenom: z.string().nullable(),
      etape: z.string(),
      etapesFaites: z.array(z.string()),
      fini: z.boolean(),
      mainLeveeDepuis: z.string().nullable(),
      refus: z.looseObject({ champs: z.array(z.string()) }).nullable(),
    }),
  ),
});
type BoardData = z.infer<typeof boardData>;
type SeatData = BoardData['places'][number];

interface Heard {
  readonly name: string;
  readonly wish: Wish;
  readonly answer: (said: string) => void;
}

/** A trainer who uses the pages of the board, and its data to see who needs them. */
export class ClassTrainer {
  readonly #reader: Reader;
  #heard: Heard[] = [];
  board = '';
  id = '';
  hasLeft = false;

  private constructor(reader: Reader) {
    this.#reader = reader;
  }

  static async enter(origin: string, pin: string): Promise<ClassTrainer> {
    const reader = new Reader(origin);
    await reader.open('/atelier');
    await reader.follow('Préparer une classe');
    await reader.press('Entrer', { 'Code du formateur': pin });
    reader.reads('Vos classes');
    return new ClassTrainer(reader);
  }

  /** Prepares a class by its form, as it is offered; answers its code. */
  async prepare(name: string, seats: number): Promise<string> {
    const reader = this.#reader;
    await reader.press('Préparer la classe', { 'Nom de la classe': '', 'Nombre de places': '40' });
    assert.equal(reader.status, 422);
    await reader.press('Préparer la classe', { 'Nom de la classe': name, 'Nombre de places': String(seats) });
    this.board = reader.path;
    const data = await this.data();
    this.id = data.id;
    return codeOn(reader);
  }

  /** A second class beside the first; the trainer comes back to the first. */
  async another(name: string): Promise<{ readonly code: string; readonly erase: () => Promise<void> }> {
    const tab = this.#reader.tab();
    await tab.open(this.board);
    await tab.follow('Vos classes');
    await tab.press('Préparer la classe', { 'Nom de la classe': name, 'Nombre de places': '1' });
    const code = codeOn(tab);
    return {
      code,
      erase: async () => {
        await tab.reload();
        await tab.follow('Tout effacer');
        await tab.press('Oui, tout effacer');
      },
    };
  }

  /** Ends every wait for a learner. */
  leave(): void {
    this.hasLeft = true;
    for (const { answer } of this.#heard) answer('');
  }

  async data(): Promise<BoardData> {
    const tab = this.#reader.tab();
    await tab.open(`${this.board}.json`);
    assert.equal(tab.status, 200, tab.html);
    assert.doesNotMatch(tab.html, /@|\d \d\d \d\d/);
    return boardData.parse(JSON.parse(tab.html));
  }

  /** What a learner says is heard now, and answered when it is done. */
  readonly hear = (name: string, wish: Wish): Promise<string> =>
    new Promise((answer) => this.#heard.push({ name, wish, answer }));

  async showOnScreen(step: string, learners: readonly Learner[]): Promise<void> {
    const reader = this.#reader;
    await reader.open(this.board);
    await reader.press(step);
    const screen = reader.tab();
    await screen.follow(/^Ouvrir l’écran à projeter/);
    screen.reads('Nouveau mot de passe');
    for (const one of learners) {
      assert.ok(!screen.sees(one.name), one.name);
      assert.ok(!screen.sees(one.paper('Numéro de sécurité sociale')));
    }
    await reader.reload();
    await reader.press('Montrer de nouveau le code');
    await screen.reload();
    screen.reads(`${learners.length} places prises sur ${learners.length}`);
  }

  async throwIn(name: string, incident: string): Promise<void> {
    await this.#toSeat(name);
    await this.#reader.press(incident);
    this.#reader.reads('En ce moment');
  }

  /** Helps learners who raise their hand or speak, until all have finished; `middle`: what comes when half have a password. */
  async attend(middle: () => Promise<void>): Promise<void> {
    let isMiddle = false;
    for (let rounds = 0; rounds < 1_800 && !this.hasLeft; rounds += 1) {
      const { places } = await this.data();
      if (places.every(({ fini }) => fini)) return;
      const isFar = ({ etape }: SeatData) => !['start', 'identity', 'proof', 'terms'].includes(etape);
      if (!isMiddle && places.filter(isFar).length >= places.length / 3) {
        isMiddle = true;
        await middle();
      }
      const helped = this.#heard;
      this.#heard = [];
      for (const one of helped) await this.#help(one, (await this.data()).places);
      await wait(100);
    }
    throw new Error(`Not all have finished: ${this.#reader.words}`);
  }

  async #help({ name, wish, answer }: Heard, places: readonly SeatData[]): Promise<void> {
    const reader = this.#reader;
    const seat = places.find(({ prenom }) => prenom === name);
    assert.ok(seat, name);
    await reader.open(this.board);
    if (wish !== 'other-machine') reader.reads(new RegExp(`main(s)? levée.*${name}`));
    let said = '';
    switch (wish) {
      case 'post':
        await reader.press('Le facteur passe');
        break;
      case 'later':
        await reader.follow('Avancer l’horloge');
        await reader.press('Avancer', { Nombre: '3', minutes: true });
        reader.reads('L’horloge de la classe a avancé');
        break;
      case 'other-machine':
        await this.#toSeat(name);
        await reader.press('Donner un code');
        said = codeOn(reader);
        break;
      case 'another-person':
        await this.#toSeat(name);
        reader.reads('Il reste 2 personnes.', 'numéro de sécurité sociale');
        await reader.press('Oui, donner une autre personne');
        break;
      case 'give-up':
        await this.#toSeat(name);
        await reader.press('Changer d’étape', { '6. Donner son email et son téléphone': true });
        reader.reads('La place a changé d’étape.');
        await reader.press('Annuler le changement d’étape');
        reader.reads('2. Dire qui l’on est');
        await reader.press('Changer d’étape', { '6. Donner son email et son téléphone': true });
        break;
      case 'mail':
        break;
    }
    if (wish !== 'other-machine') {
      await this.#toSeat(name);
      await reader.press('Baisser la main');
      reader.reads('La main est baissée.');
    }
    answer(said);
  }

  async #toSeat(name: string): Promise<void> {
    await this.#reader.open(this.board);
    await this.#reader.follow(new RegExp(`^\\d+ ${name}$`));
  }

  /** A break, until some have seen it. */
  async pauseAndResume(learners: readonly Learner[]): Promise<void> {
    const reader = this.#reader;
    await reader.open(this.board);
    await reader.press('Mettre la classe en pause');
    reader.reads('La classe est en pause.');
    assert.equal((await this.data()).etat, 'en-pause');
    const seen = () => learners.filter(({ reader }) => reader.breaks > 0).length;
    for (let tries = 0; tries < 100 && seen() < 2; tries += 1) await wait(100);
    await reader.open(this.board);
    await reader.press('Reprendre');
    reader.reads('La classe est ouverte.');
  }

  /** The list of the classes says what it cannot read, and erases it. */
  async eraseBroken(): Promise<void> {
    const list = this.#reader.tab();
    await list.open('/atelier/formateur/classes');
    list.reads('Une classe ne s’ouvre pas', 'Médiathèque, mardi');
    await list.press('Effacer la classe');
    assert.ok(!list.sees('Une classe ne s’ouvre pas'));
  }

  async end(names: readonly string[]): Promise<void> {
    const reader = this.#reader;
    await reader.open(this.board);
    reader.reads(`${names.length} places prises sur ${names.length}. ${names.length} ont fini.`);
    await reader.follow('Finir la classe');
    await reader.press('Oui, finir la classe');
    reader.reads('La classe est finie.');
    await reader.follow(/rapport/i);
    reader.reads(
      'Rapport de l’atelier',
      'numéro de sécurité sociale',
      'mot de passe',
      `${names.length} sur ${names.length}`,
    );
    for (const name of names) assert.ok(!reader.sees(name), name);
    const csv = (await reader.file('Enregistrer le rapport (fichier CSV)')).toString('utf8');
    for (const name of names) assert.ok(!csv.includes(name), name);
    assert.ok(csv.split('\n').length > names.length * 6, csv);
  }

  async erase(): Promise<void> {
    const reader = this.#reader;
    await reader.open(this.board);
    await reader.follow('Tout effacer');
    await reader.press('Oui, tout effacer');
    reader.reads('Toute la classe est effacée', 'Aucune classe');
    for (const path of ['', '.json', '/places/1', '/ecran', '/rapport']) {
      await reader.open(this.board + path);
      assert.ok(reader.path !== this.board + path || reader.status === 404, path);
    }
  }
}

function codeOn(reader: Reader): string {
  const code = /<strong[^>]*>([\dA-Z]{5})<\/strong>/.exec(reader.html)?.[1];
  assert.ok(code, reader.words);
  return code;
}
