import { normalizeName } from '#src/civil-status/names.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import { generatePeople } from '#src/fictitious/generate.ts';

/** An invented person of a seat, with the mailbox and the telephone that are theirs alone. */
export interface SeatPerson {
  readonly person: DemoPerson;
  readonly email: string;
  /** E.164, of the numbers kept for fiction. */
  readonly mobile: string;
}

/** The people of a class: for each seat, by its number from 1, one to play and others in reserve. */
export type Roster = ReadonlyMap<number, readonly SeatPerson[]>;

/** How many a seat may play, one after the other. */
const peoplePerSeat = 3;
/** Where the roster has who is played at the projector: no seat has this number. */
export const presenter = 0;
/** A domain that nobody can own. */
const mailDomain = 'example.org';
/** Everybody is of age then, so that a class of any year has the same people. */
const inventedOn = '2026-01-01';

/**
 * Invents the people of a class: all different, always the same for the same seed, in the situation that the scenario is
 * about, with an account where it begins with one.
 */
export function inventRoster(
  seed: number,
  seats: number,
  { people: kind, begins }: Pick<Scenario, 'people' | 'begins'>,
): Roster {
  const needed = seats * peoplePerSeat + 1;
  const fitting: DemoPerson[] = [];
  const surnames = new Set<string>();
  for (const { line } of generatePeople({ seed, count: 4_000, today: inventedOn, only: kind })) {
    if (fitting.length === needed) break;
    // Nobody in the room is taken for somebody else.
    const theirs = [line.birthName, line.usageName ?? line.birthName].map(normalizeName);
    if (line.regime !== 'GENERAL' || theirs.some((name) => surnames.has(name))) continue;
    for (const name of theirs) surnames.add(name);
    fitting.push({
      cle: `personne-${String(fitting.length + 1).padStart(3, '0')}`,
      situation: { fr: '', en: '' },
      line,
      account: null,
    });
  }
  if (fitting.length < needed) throw new Error('Too few people were invented for the class');
  const numbers = Array.from({ length: seats }, (_, index) => index + 1);
  const seated = numbers.map((number): [number, readonly SeatPerson[]] => [
    number,
    fitting
      .slice(0, -1)
      .filter((_, index) => index % seats === number - 1)
      .map((person, turn) => withChannels(person, (turn * seats + number) % 10_000, begins)),
  ]);
  return new Map([...seated, [presenter, fitting.slice(-1).map((one) => withChannels(one, 0, begins))]]);
}

function withChannels(person: DemoPerson, index: number, begins: Scenario['begins']): SeatPerson {
  const names = [person.line.givenNames[0] ?? '', person.line.birthName];
  const local = names.map((name) => normalizeName(name).toLowerCase().replaceAll(' ', '-')).join('.');
  const email = `${local}@${mailDomain}`;
  const mobile = `+3363998${String(index).padStart(4, '0')}`;
  return {
    person: {
      ...person,
      line: { ...person.line, knownEmail: email, knownMobile: mobile },
      account: begins === 'without-account' ? null : { status: 'open', email },
    },
    email,
    mobile,
  };
}
