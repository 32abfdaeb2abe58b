import { formatNir } from '#src/civil-status/nir.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { Drawing, Panel, PaperBlock } from '#src/documents/paper-block.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { catalogue } from '#src/texts/language.ts';
import { national } from '#src/workshop/classroom/role.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import { franceConnectOf } from '#src/workshop/franceconnect/identities.ts';
import { cardOnPaper, ribOnPaper, shownName } from '#src/workshop/papers/card-drawings.ts';
import { type ClassOnPaper, sheet } from '#src/workshop/papers/class-on-paper.ts';

const texts = catalogue({
  fr: {
    title: 'Les personnes à jouer',
    lead: 'Découpez, puis donnez à chacun la fiche de sa place. Le numéro de la place est en haut de son écran.',
    seat: (seat: number, code: string) => `Place ${seat} – code de la classe\u00a0: ${code}`,
    you: (name: string) => `Vous jouez ${name}`,
    name: 'Nom\u00a0:',
    usageName: 'Nom d’usage\u00a0:',
    givenNames: 'Prénoms\u00a0:',
    birth: 'Naissance\u00a0:',
    nir: 'N° de sécurité sociale\u00a0:',
    address: 'Adresse\u00a0:',
    email: 'Email\u00a0:',
    mobile: 'Portable\u00a0:',
    password: 'Mot de passe\u00a0:',
    forgotten: 'oublié',
    card: 'Carte Vitale\u00a0:',
    rib: 'RIB\u00a0:',
    none: 'cette personne n’en a pas',
    identifier: 'Identifiant FranceConnect\u00a0:',
    franceConnectPassword: 'Mot de passe FranceConnect\u00a0:',
  },
  en: {
    title: 'The people to play',
    lead: 'Cut them out, and give everybody the sheet of their seat. The number of the seat is at the top of their screen.',
    seat: (seat: number, code: string) => `Seat ${seat} – code of the class: ${code}`,
    you: (name: string) => `You play ${name}`,
    name: 'Name:',
    usageName: 'Name in use:',
    givenNames: 'Given names:',
    birth: 'Born on:',
    nir: 'Social security number:',
    address: 'Address:',
    email: 'Email:',
    mobile: 'Mobile:',
    password: 'Password:',
    forgotten: 'forgotten',
    card: 'Carte Vitale:',
    rib: 'RIB (bank details):',
    none: 'this person has none',
    identifier: 'FranceConnect identifier:',
    franceConnectPassword: 'FranceConnect password:',
  },
});

/** Of a box, in millimetres: two persons with four boxes each fill a page; without a card, more is written. */
const boxHeights = { card: 49, none: 57 };

/** For each seat the person that it plays: the card, the RIB and the address, to cut out; two on a page. */
export function personSheets(printed: ClassOnPaper): readonly PaperDocument[] {
  const t = texts[printed.voice];
  const blocks = printed.people.flatMap(({ seat, plays }, index): PaperBlock[] => {
    const boxes = [
      ...cardOnPaper(printed.voice, plays),
      ...ribOnPaper(printed.voice, plays),
      panelOf(printed, plays),
    ];
    const rows = pairs(boxes);
    const boxHeight = plays.person.line.card ? boxHeights.card : boxHeights.none;
    const room = 13 + rows.length * (boxHeight + 3);
    return [
      ...(index === 0 ? [] : [{ kind: 'cut', room } as const]),
      { kind: 'heading', text: t.seat(seat, printed.plan.code) },
      ...rows.map((row) => ({ kind: 'boxes', height: boxHeight, boxes: row }) as const),
    ];
  });
  return [sheet(printed, 'personnes', t.title, 'compact', [{ kind: 'paragraph', text: t.lead }, ...blocks])];
}

type Box = Drawing | Panel;

function pairs(boxes: readonly Box[]): readonly (readonly Box[])[] {
  return boxes.flatMap((_, index) => (index % 2 === 0 ? [boxes.slice(index, index + 2)] : []));
}

function franceConnectRows(voice: ClassOnPaper['voice'], plays: SeatPerson): Panel['rows'] {
  const t = texts[voice];
  const { identifier, password } = franceConnectOf(plays);
  return [
    { name: t.identifier, value: identifier },
    { name: t.franceConnectPassword, value: password },
  ];
}

function panelOf({ voice, scenario }: ClassOnPaper, plays: SeatPerson): Panel {
  const t = texts[voice];
  const { line } = plays.person;
  const password = {
    'without-account': null,
    'with-account': demoPassword,
    'password-forgotten': t.forgotten,
  }[scenario.begins];
  const rows = [
    { name: t.name, value: line.birthName },
    ...(line.usageName === null ? [] : [{ name: t.usageName, value: line.usageName }]),
    { name: t.givenNames, value: line.givenNames.join(', ') },
    { name: t.birth, value: line.birthDate.split('-').reverse().join('/') },
    ...(line.card ? [] : [{ name: t.nir, value: formatNir(line.nir) }]),
    { name: t.address, value: line.address.join(', ') },
    { name: t.email, value: plays.email },
    { name: t.mobile, value: national(plays.mobile) },
    ...(line.card ? [] : [{ name: t.card, value: t.none }]),
    ...(line.iban === null ? [{ name: t.rib, value: t.none }] : []),
    ...(scenario.steps.includes('franceconnect') ? franceConnectRows(voice, plays) : []),
    ...(password === null ? [] : [{ name: t.password, value: password }]),
  ];
  return { kind: 'panel', title: t.you(shownName(plays)), rows };
}
