import { paths } from '#src/paths.ts';
import { type Language, languages } from '#src/texts/language.ts';
import { verdictAddress, verdicts } from '#src/workshop/learner/verdict.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser, type Received } from '../../reliability/browser.ts';
import type { Closing } from '../../setting/database.ts';
import { openRoom, prepareClass, type Room, takeSeat } from '../../workshop/room.ts';
import { type State, state } from '../world.ts';
import { siteStates } from './workshop-site.ts';

/** What belongs to a class that nobody can read, and an exercise that cannot be used. */
const spoilt = {
  'atelier/0badc1a5/journal.ndjson': '{"kind":"nonsense"}\n',
  'scenarios/Mal-nommé.json': '{}',
  'scenarios/a-moi.json': '{"title": {"fr": "À moi"}, "steps": ["account", "start"]}',
};

/** Nobody’s: a valid number that is not of the class. */
const strangeNir = '2 84 05 75 114 005 81';

/** A trainer and a learner who read one language. */
interface Readers {
  readonly language: Language;
  readonly trainer: Browser;
  readonly learner: Browser;
}

/** Every page of a workshop in every state: one class, whose trainers and learners read one language each. */
export async function workshopStates(t: Closing): Promise<{
  readonly room: Room;
  readonly states: Readonly<Record<Language, readonly State[]>>;
}> {
  const room = await openRoom(t, { files: spoilt });
  const states: Record<Language, State[]> = { fr: [], en: [] };
  const readers: readonly Readers[] = languages.map((language) => ({
    language,
    trainer: new Browser(room.origin, { langue: language }),
    learner: new Browser(room.origin, { langue: language }),
  }));
  const note = async (
    name: string,
    status: number,
    url: string,
    look: (who: Readers) => Promise<Received>,
    all: readonly Readers[] = readers,
  ) => {
    for (const who of all) states[who.language].push(state(name, status, seenAt(url, await look(who))));
  };
  const seen = (who: 'trainer' | 'learner', name: string, url: string, status = 200) =>
    note(name, status, url, (one) => one[who].get(url));
  /** The class is in French, and so is what its room reads. */
  const projected = (name: string, url: string) =>
    note(name, 200, url, (one) => one.trainer.get(url), readers.slice(0, 1));
  const sent = (
    who: 'trainer' | 'learner',
    name: string,
    url: string,
    fields: Record<string, string>,
    shownAt = url,
  ) =>
    note(name, 422, url, async (one) => {
      await one[who].get(shownAt);
      return one[who].post(url, fields);
    });

  await seen('learner', 'join', workshopPaths.join);
  await sent('learner', 'join, no such class', workshopPaths.join, { code: 'AAAAA', prenom: 'Lucie' });
  await sent('learner', 'join, no first name', workshopPaths.join, { code: 'AAAAA', prenom: '06 12 34' });
  await sent('learner', 'join, nothing', workshopPaths.join, { code: '' });
  await seen('learner', 'the class opens', workshopPaths.opening, 503);
  await seen('trainer', 'door', workshopPaths.trainer);
  await sent('trainer', 'door, wrong code', workshopPaths.trainer, { pin: '000000' });
  for (const { trainer } of readers) {
    await trainer.get(workshopPaths.trainer);
    await trainer.post(workshopPaths.trainer, { pin: room.pin });
  }
  await seen('trainer', 'classes, none that opens', workshopPaths.classes);
  await sent('trainer', 'classes, refused', workshopPaths.classes, { nom: '', places: '31' });
  for (const { trainer } of readers.slice(0, 1)) {
    await trainer.get(workshopPaths.classes);
    await trainer.post(workshopPaths.classes, { action: 'effacer', classe: '0badc1a5' });
  }
  const { trainer, board, code } = await prepareClass(room);
  const act = async (action: string, fields: Record<string, string> = {}) => {
    await trainer.get(board);
    await trainer.post(board, { action, ...fields });
  };
  await seen('trainer', 'board, nobody', board);
  await seen('trainer', 'board, still', `${board}?fixe=oui`);
  await seen('trainer', 'seat, free', `${board}/places/1`);
  await seen('trainer', 'report, nobody', `${board}/rapport`);
  await projected('projector', `${board}/ecran`);

  for (const { learner, language } of readers) {
    await learner.get(`${workshopPaths.join}?lang=${language}`);
    await learner.post(workshopPaths.join, { code, prenom: 'Lucie' });
  }
  await seen('learner', 'desk', workshopPaths.seat);
  await seen('learner', 'papers', workshopPaths.seatPapers);
  await seen('learner', 'mails, none', workshopPaths.seatMails);
  await seen('learner', 'spam, none', workshopPaths.seatSpam);
  await seen('learner', 'text messages, none', workshopPaths.seatSms);
  await seen('learner', 'letters, none', workshopPaths.seatLetters);
  await seen('learner', 'join with another code', `${workshopPaths.join}?autre`);
  await sent('learner', 'identity, somebody’s own number', paths.identity, {
    nom: 'Martin',
    nir: strangeNir,
  });
  for (const { learner } of readers) {
    await learner.get(workshopPaths.seat);
    await learner.post(workshopPaths.seat, { main: 'levee' });
    await learner.get(workshopPaths.seat);
    await learner.post(workshopPaths.seat, { appareil: 'code' });
  }
  await seen('learner', 'desk, hand raised and a code', workshopPaths.seat);
  await seen('trainer', 'board', board);
  await seen('trainer', 'seat', `${board}/places/1`);
  await sent('trainer', 'board, refused', board, { action: 'danser' });
  await sent('trainer', 'seat, refused', board, { action: 'annuler', place: '1' }, `${board}/places/1`);

  for (const place of ['1', '2']) await act('replacer', { place, etape: 'mail' });
  await seen('trainer', 'seat, moved', `${board}/places/1`);
  for (const incident of ['phishing-mail', 'forged-letter', 'call-for-a-code'])
    await act('incident', { incident });
  await seen('trainer', 'board, something was done', board);
  await seen('learner', 'desk, moved, and somebody calls', workshopPaths.seat);
  await seen('learner', 'mails', workshopPaths.seatMails);
  const [first = '', second = ''] = await Promise.all(readers.map(({ learner }) => latestMail(learner)));
  const mailOf: Readonly<Record<Language, string>> = { fr: first, en: second };
  await note('mail', 200, first, ({ learner, language }) => learner.get(mailOf[language]));
  await seen('learner', 'no such mail', `${workshopPaths.seatMails}/rien`, 404);
  await seen('learner', 'text messages', workshopPaths.seatSms);
  await seen('learner', 'letters', workshopPaths.seatLetters);
  for (const verdict of verdicts) await seen('learner', verdict, verdictAddress(verdict));

  await seen('trainer', 'report', `${board}/rapport`);
  await act('garder');
  await sent('trainer', 'board, kept already', board, { action: 'garder' });
  await seen('trainer', 'classes, a template', workshopPaths.classes);
  const template = await templateOn(trainer);
  await seen('trainer', 'template', template);
  await sent('trainer', 'template, refused', template, { action: 'renommer', nom: '' });
  await seen('trainer', 'clock', `${board}/horloge`);
  await sent('trainer', 'clock, refused', board, { action: 'horloge', nombre: '-3', unite: 'jours' });
  await seen('trainer', 'papers of the class', `${board}/papiers`);
  await sent('trainer', 'papers, refused', `${board}/papiers`, { lieu: 'x'.repeat(500) });
  await seen('trainer', 'incident for all', `${board}/incident/mail-in-spam`);
  await seen('trainer', 'end', `${board}/terminer`);
  await seen('trainer', 'erase', `${board}/effacer`);
  await act('montrer', { etape: 'identity' });
  await projected('projector, a step', `${board}/ecran`);
  await seen('trainer', 'board, a step is shown', board);
  await act('pause');
  await projected('projector, a step in a break', `${board}/ecran`);
  await act('montrer', { etape: '' });
  await projected('projector, break', `${board}/ecran`);
  await seen('trainer', 'board, break', board);
  await seen('learner', 'break', workshopPaths.join);
  await act('reprendre');
  await takeSeat(room, code);
  await note('join, full', 422, workshopPaths.join, async ({ language }) => {
    const late = new Browser(room.origin, { langue: language });
    await late.get(workshopPaths.join);
    return late.post(workshopPaths.join, { code });
  });
  await act('terminer');
  await seen('trainer', 'board, over', board);
  await seen('trainer', 'report, over', `${board}/rapport`);
  await projected('projector, over', `${board}/ecran`);
  await seen('learner', 'over', workshopPaths.join);
  await seen('trainer', 'classes', workshopPaths.classes);
  const ofSite = await siteStates(t);
  for (const language of languages) states[language].push(...ofSite[language]);
  return { room, states };
}

/** The address of the latest mail of a seat. */
async function latestMail(learner: Browser): Promise<string> {
  const { html } = await learner.get(workshopPaths.seatMails);
  return /href="(\/atelier\/poste\/courriels\/[^"]+)"/.exec(html)?.[1] ?? '';
}

/** Where the first template of the list is renamed. */
async function templateOn(trainer: Browser): Promise<string> {
  const { html } = await trainer.get(workshopPaths.classes);
  return /href="(\/atelier\/formateur\/modeles\/[^"]+)"/.exec(html)?.[1] ?? '';
}

/** As it was sent, but for how it was packed. */
export function seenAt(url: string, { status, location, html, headers }: Received): State['seen'] {
  const packed = ['content-encoding', 'transfer-encoding', 'content-length', 'connection', 'keep-alive'];
  const own = [...headers].filter(([name]) => !packed.includes(name));
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
  return { url, status, location, html, title, headers: Object.fromEntries(own) };
}
