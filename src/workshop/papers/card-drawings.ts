import { formatNir, nirKey } from '#src/civil-status/nir.ts';
import type { Drawing, Shape } from '#src/documents/paper-block.ts';
import { catalogue, type Voice } from '#src/texts/language.ts';
import { inFours } from '#src/workshop/classroom/role.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

const texts = catalogue({
  fr: {
    exercise: 'EXERCICE',
    front: (name: string, nir: string) =>
      `Recto d’une carte Vitale. Nom\u00a0: ${name}. Numéro de sécurité sociale\u00a0: ${nir}.`,
    back: (serial: string) => `Verso de la carte Vitale. Numéro de série, en haut\u00a0: ${serial}.`,
    rib: (name: string, iban: string) =>
      `Relevé d’identité bancaire. Titulaire\u00a0: ${name}. IBAN\u00a0: ${iban}.`,
    slip: 'Relevé d’identité bancaire (RIB)',
    holder: 'Titulaire du compte',
  },
  en: {
    exercise: 'EXERCISE',
    front: (name: string, nir: string) =>
      `Front of the carte Vitale of ${name}. Social security number: ${nir}.`,
    back: (serial: string) => `Back of the carte Vitale. Serial number, at the top: ${serial}.`,
    rib: (name: string, iban: string) => `Bank details slip (RIB) of ${name}. IBAN: ${iban}.`,
    slip: 'Relevé d’identité bancaire (RIB)',
    holder: 'Titulaire du compte (holder)',
  },
});

/** All drawings have the shape of a card, in units of a quarter of a millimetre. */
const size = { width: 320, height: 200 };
const outline = line(
  'M15 1h290a14 14 0 0 1 14 14v170a14 14 0 0 1-14 14h-290a14 14 0 0 1-14-14v-170a14 14 0 0 1 14-14z',
);
const chip = line('M28 56h32a6 6 0 0 1 6 6v24a6 6 0 0 1-6 6h-32a6 6 0 0 1-6-6v-24a6 6 0 0 1 6-6z', 1);
const contacts = line('M22 68h14v12H22M66 68H52v12h14M44 56v12M44 80v12', 1);
const portrait = [
  line('M242 40h54a4 4 0 0 1 4 4v70a4 4 0 0 1-4 4h-54a4 4 0 0 1-4-4v-70a4 4 0 0 1 4-4z', 1),
  line('M256 72a13 13 0 1 0 26 0a13 13 0 1 0-26 0M246 117c0-34 46-34 46 0', 1),
];
const printing = line('M20 84h280M20 104h280M20 124h190M20 144h230M20 176h90', 0.5);

/** Both sides of the carte Vitale of a person; none where they have none. */
export function cardOnPaper(voice: Voice, plays: SeatPerson): readonly Drawing[] {
  const t = texts[voice];
  const { card, nir } = plays.person.line;
  if (!card) return [];
  const name = shownName(plays);
  const number = `${formatNir(nir)} ${nirKey(nir)}`;
  const isPhoto = card.type === 'photo';
  const serial = isPhoto ? card.serial : card.serial.replace(/^(.{4})/, '$1 ');
  const front = [
    ...(isPhoto ? portrait : []),
    chip,
    contacts,
    text('carte Vitale', 22, 34, 18, 200, true),
    text(t.exercise, 238, 26, 13, 66),
    text(name.toUpperCase(), 22, 132, 16, 276),
    ...framed(16, 142, 280, number),
  ];
  const back = isPhoto
    ? [text('8025000002', 18, 45, 17, 106), ...framed(128, 18, 166, serial)]
    : framed(18, 18, 160, serial);
  return [
    drawing(t.front(name, number), front),
    drawing(t.back(serial), [...back, printing, text(t.exercise, 238, 180, 13, 66)]),
  ];
}

/** The RIB of a person; none where they have none. */
export function ribOnPaper(voice: Voice, plays: SeatPerson): readonly Drawing[] {
  const t = texts[voice];
  const { iban } = plays.person.line;
  if (iban === null) return [];
  const name = shownName(plays);
  return [
    drawing(t.rib(name, inFours(iban)), [
      text(t.slip, 18, 34, 16, 284, true),
      text(t.exercise, 238, 62, 13, 66),
      text(t.holder, 18, 62, 14, 200),
      text(name, 18, 86, 16, 284, true),
      text('IBAN', 18, 126, 15, 100, true),
      text(inFours(iban.slice(0, -7)), 18, 172, 16, 172),
      ...framed(196, 146, 110, inFours(iban.slice(-7))),
    ]),
  ];
}

export function shownName({ person: { line } }: SeatPerson): string {
  return [line.givenNames[0] ?? '', line.usageName ?? line.birthName].join(' ');
}

function drawing(alt: string, shapes: readonly Shape[]): Drawing {
  return { kind: 'drawing', alt, ...size, shapes: [outline, ...shapes] };
}

function line(path: string, weight = 1.5): Shape {
  return { kind: 'line', path, weight };
}

function text(words: string, x: number, baseline: number, points: number, room: number, bold = false): Shape {
  return { kind: 'text', text: words, x, baseline, size: points, bold, room };
}

/** A number that is copied, in a strong frame. */
function framed(x: number, y: number, width: number, number: string): readonly Shape[] {
  const frame = `M${x + 6} ${y}h${width - 12}a6 6 0 0 1 6 6v28a6 6 0 0 1-6 6h-${width - 12}a6 6 0 0 1-6-6v-28a6 6 0 0 1 6-6z`;
  return [line(frame, 3), text(number, x + 10, y + 27, 21, width - 20, true)];
}
