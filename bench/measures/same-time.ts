import { Pool } from 'undici';
import { paths } from '#src/paths.ts';
import { type Browser, openBrowser } from '../client/browser.ts';
import { beforePassword, identityOf, openAccount } from '../client/journey.ts';
import { quantile } from '../client/tally.ts';
import { openWalk } from '../client/walk.ts';
import type { Traveller } from '../setting/people.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';

/** Whether response times distinguish two situations of one form. */
export interface SameTime {
  readonly name: string;
  readonly pairs: number;
  readonly medianMs: readonly [number, number];
  /** How often a random time of the second is longer than one of the first: 0.5 tells nothing. */
  readonly auc: number;
}

const sameTimeTargets = { medianMs: 2, aucFrom: 0.45, aucTo: 0.55 } as const;

interface Form {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Forms for the same round, sent one after the other, in turns first. */
type Pairing = () => readonly [Form, Form];

const accounts = 20;
const wrongPassword = 'Brouette.Lune9';

/** Compares forms that anyone can send: unknown numbers with known numbers, in pairs of alternating order. */
export async function measureSameTime(stage: Stage, { origin }: Started, pairs: number): Promise<SameTime[]> {
  const pool = new Pool(origin, { connections: 1 });
  const holders: Traveller[] = [];
  for (let i = 0; i < accounts; i++) holders.push(await holder(stage, pool));
  let turn = 0;
  const nextHolder = () => holders[turn++ % accounts] ?? stage.crowd.next();
  const byNumber = (path: string, fields: Record<string, string>): Pairing => {
    return () => {
      const { nir } = nextHolder().line;
      return [
        { path, fields: { ...fields, nir: nobodys(nir) } },
        { path, fields: { ...fields, nir } },
      ];
    };
  };
  const pairings: Record<string, Pairing> = {
    'identity: nobody’s number, wrong name': () => {
      const wrong: Record<string, string> = { ...identityOf(stage.crowd.next()), nom: 'Personne' };
      return [
        { path: paths.identity, fields: { ...wrong, nir: nobodys(wrong.nir ?? '') } },
        { path: paths.identity, fields: wrong },
      ];
    },
    'signing in: nobody’s number, wrong password of an account': byNumber(paths.signIn, {
      motDePasse: wrongPassword,
    }),
    'forgotten password: nobody’s number, an account': byNumber(paths.forgotten, {}),
    'provisional code: nobody’s number, an account': byNumber(paths.provisionalCode, { code: '00000001' }),
    'code of the mail: nobody’s number, an account': byNumber(paths.waiting, { code: '12345678' }),
  };
  const measured: SameTime[] = [];
  for (const [name, pairing] of Object.entries(pairings))
    measured.push(await compare(pool, name, pairing, pairs));
  await pool.close();
  return measured;
}

/** Under a neutral policy: compares a person who is stopped with one who is not recognised. */
export async function measureNeutral(stage: Stage, { origin }: Started, pairs: number): Promise<SameTime> {
  const pool = new Pool(origin, { connections: 1 });
  const measured = await compare(
    pool,
    'identity, neutral policy: nobody’s number, no card',
    () => {
      const fields = identityOf(stage.crowd.nextWithoutCard());
      return [
        { path: paths.identity, fields: { ...fields, nir: nobodys(fields.nir ?? '') } },
        { path: paths.identity, fields },
      ];
    },
    pairs,
  );
  await pool.close();
  return measured;
}

async function holder(stage: Stage, pool: Pool): Promise<Traveller> {
  const traveller = stage.crowd.next();
  const walk = openWalk(
    openBrowser(pool, { host: publicHost, ip: () => traveller.ip }),
    (_step, ask) => ask(),
    { patientUntil: Number.POSITIVE_INFINITY },
  );
  await beforePassword(walk, traveller);
  await openAccount(walk, traveller, stage.mails);
  return traveller;
}

async function compare(pool: Pool, name: string, pairing: Pairing, pairs: number): Promise<SameTime> {
  const times: [number[], number[]] = [[], []];
  let sent = 0;
  // Every request comes from elsewhere: the limits of an address are another subject.
  const ip = () => `10.${100 + ((sent >> 16) & 63)}.${(sent >> 8) & 255}.${sent++ & 255}`;
  const ask = async (form: Form): Promise<number> => {
    const browser: Browser = openBrowser(pool, { host: publicHost, ip });
    await browser.get(form.path);
    return (await browser.post(form.path, form.fields)).ms;
  };
  for (let i = -10; i < pairs; i++) {
    const [first, second] = pairing();
    const order = i % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const which of order) {
      const ms = await ask(which === 0 ? first : second);
      if (i >= 0) times[which].push(ms);
    }
  }
  const [a, b] = times;
  return { name, pairs, medianMs: [quantile(a, 0.5), quantile(b, 0.5)], auc: area(a, b) };
}

/** The number of the same civil status with another order number, which the register does not have, most likely. */
function nobodys(nir: string): string {
  return `${nir.slice(0, 10)}${String((Number(nir.slice(10)) + 500) % 1000 || 500).padStart(3, '0')}`;
}

/** The share of pairs of both lists in which the second is longer, ties counted half: the area under the ROC curve. */
function area(first: readonly number[], second: readonly number[]): number {
  let longer = 0;
  for (const b of second) for (const a of first) longer += b > a ? 1 : b === a ? 0.5 : 0;
  return longer / (first.length * second.length);
}

/** The figures beside their targets, as Markdown. */
export function sameTimeReport(measured: readonly SameTime[]): string {
  const { medianMs, aucFrom, aucTo } = sameTimeTargets;
  const rows = measured.map(({ name, pairs, medianMs: [a, b], auc }) => {
    const met = Math.abs(b - a) <= medianMs && auc >= aucFrom && auc <= aucTo;
    return `| ${name} | ${pairs} | ${a.toFixed(2)} | ${b.toFixed(2)} | ${(b - a).toFixed(2)} | ${auc.toFixed(3)} | ${met ? 'yes' : '**no**'} |`;
  });
  return [
    '# Telling people apart by the clock',
    '',
    `Pairs sent in turns, one at a time, hashes at their cheapest. Target: medians within ${medianMs} ms, area between ${aucFrom} and ${aucTo} (0.5: a guess).`,
    '',
    '| Form: first, second | Pairs | Median 1, ms | Median 2, ms | Difference | Area | Met |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
