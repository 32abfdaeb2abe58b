import { paths } from '#src/paths.ts';

/** Where a browser stands: the step that is open to it, or what it waits for. */
export type Place = 'nowhere' | 'proof' | 'terms' | 'password' | 'contact' | 'waiting' | 'account';

export interface ModelPerson {
  account: 'none' | 'pending' | 'active';
  /** Whether an account of theirs was never confirmed in time: signing in to it says so. */
  wasLate: boolean;
  /** When a pending account was made, by the clock of the model. */
  madeAt: number;
  /** Tries that failed: few enough here that no limit is reached. */
  failures: number;
}

export interface ModelBrowser {
  place: Place;
  who: number;
  /** When its proof was made, by the clock of the model. */
  provedAt: number;
  /** When it last did something, by the clock of the model. */
  usedAt: number;
}

/** What we expect of the whole service, for two people with two browsers. */
export interface Model {
  now: number;
  /** The clock went back so often. */
  jumpsBack: number;
  readonly people: readonly [ModelPerson, ModelPerson];
  readonly browsers: readonly [ModelBrowser, ModelBrowser];
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** A session ends a quarter of an hour after its last use. */
const idleMs = 15 * minute;
/** A pending account is removed after its 21st day: the jumps of the clock are longer. */
const pendingMs = 21 * day;

export function newModel(): Model {
  const person = (): ModelPerson => ({ account: 'none', wasLate: false, madeAt: 0, failures: 0 });
  const browser = (): ModelBrowser => ({ place: 'nowhere', who: 0, provedAt: 0, usedAt: 0 });
  return { now: 0, jumpsBack: 0, people: [person(), person()], browsers: [browser(), browser()] };
}

/** What the time that has passed ends. */
export function passTime(model: Model, milliseconds: number): void {
  model.now += milliseconds;
  for (const browser of model.browsers) if (model.now - browser.usedAt > idleMs) browser.place = 'nowhere';
  for (const person of model.people)
    if (person.account === 'pending' && model.now - person.madeAt > pendingMs)
      Object.assign(person, { account: 'none', wasLate: true });
}

/** Where the page of the last form leads each browser; null: it is shown. */
export function leadsTo({ place }: ModelBrowser): string | null {
  switch (place) {
    case 'nowhere':
      return paths.identity;
    case 'contact':
      return null;
    default:
      return paths[place];
  }
}
