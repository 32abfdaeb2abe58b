import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { untilSent } from '../../setting/afterwards.ts';
import { countRows } from '../../setting/invariants.ts';
import type { Mail } from '../../setting/mail-server.ts';
import { openQueueing } from '../../setting/queued-mails.ts';
import { openScene, type Scene } from '../../setting/scene.ts';
import { accept, openSmsGateway } from '../../setting/sms-gateway.ts';
import type { Fault, Trial } from '../../trial.ts';

const goodMails = 40;
const badMails = 10;
/** Longer than 40 mails take, shorter than one that is not answered. */
const mostMeanwhileMs = 20_000;

/** What a mail server does with the mails to some of its recipients. */
const manners: Readonly<Record<string, { how: () => Promise<Error | null>; end: string }>> = {
  'does not answer': { how: () => new Promise(() => {}), end: 'deferred' },
  'answers after 8 s': { how: () => wait(8_000, null), end: 'handed-over' },
  'refuses for now (450)': { how: async () => refusal(450), end: 'deferred' },
  'refuses for good (550)': { how: async () => refusal(550), end: 'refused' },
};

/** What an SMS gateway does with everything. */
const gatewayManners: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'does not answer': () => {},
  'breaks off': (response) => response.destroy(),
  'answers 500': (response) => response.writeHead(500).end(),
  'answers nonsense': (response) => response.writeHead(202).end('<html>'),
};

function refusal(responseCode: number): Error {
  return Object.assign(new Error('not now'), { responseCode });
}

export const serversThatLie: Fault = {
  id: 'R-06',
  atMostSeconds: 600,
  async run(trial) {
    const scene = await openScene(trial, { people: 200 });
    const gateway = await openSmsGateway(trial);
    const queueing = await openQueueing(trial, scene);
    await scene.worker(gateway.env);
    const { mails, postgres } = scene;
    for (const [manner, { how, end }] of Object.entries(manners)) {
      trial.say(`the mail server ${manner}`);
      const name = manner.replaceAll(/\W/g, '');
      const isBad = ({ to }: Mail) => to.startsWith('lent');
      mails.answer((mail) => (isBad(mail) ? how() : Promise.resolve(null)));
      const bad = Array.from({ length: badMails }, (_, n) => `lent-${name}-${n}@exemple.fr`);
      const good = Array.from({ length: goodMails }, (_, n) => `bon-${name}-${n}@exemple.fr`);
      await queueing.mails(bad);
      await wait(1_000);
      const queuedAt = performance.now();
      await queueing.mails(good);
      const meanwhile = await untilCame(trial, scene, good, queuedAt);
      trial.measured(
        `a mail server that ${manner} to some: seconds until the mails to others have left`,
        (meanwhile / 1000).toFixed(1),
        meanwhile < mostMeanwhileMs,
      );
      await untilTried(trial, scene);
      const seconds = (performance.now() - queuedAt) / 1000;
      const ended = await countRows(postgres, `notice where state = '${end}' and channel = 'email'`);
      trial.measured(
        `each try ended, as ${end}`,
        `${Math.round(seconds)} s`,
        ended >= badMails && seconds < 90,
      );
      mails.answer(async () => null);
      await hasten(scene);
      await untilSent(trial, scene);
    }
    for (const [manner, answer] of Object.entries(gatewayManners)) {
      trial.say(`the SMS gateway ${manner}`);
      gateway.answer(answer);
      const numbers = Array.from({ length: 10 }, (_, n) => `+3363998${String(1000 + n)}`);
      const before = gateway.accepted.length;
      await queueing.sms(numbers);
      await wait(500);
      const good = Array.from({ length: goodMails }, (_, n) => `sms-${manner.length}-${n}@exemple.fr`);
      const queuedAt = performance.now();
      await queueing.mails(good);
      const meanwhile = await untilCame(trial, scene, good, queuedAt);
      trial.measured(
        `an SMS gateway that ${manner}: seconds until mails have left`,
        (meanwhile / 1000).toFixed(1),
        meanwhile < mostMeanwhileMs,
      );
      gateway.answer(accept);
      const waiting = await untilSent(trial, scene);
      const sent = new Set(gateway.accepted.slice(before)).size;
      trial.measured(
        'SMS that have left once it is well again, of 10',
        `${sent}, ${waiting} wait`,
        waiting === 0 && sent === 10,
      );
    }
    const expected = Object.keys(manners).length * goodMails;
    const came = new Set(mails.accepted.map(({ to }) => to).filter((to) => to.startsWith('bon-'))).size;
    trial.measured('mails to others that came', `${came} of ${expected}`, came === expected);
  },
};

/** The milliseconds since then until the mail server has accepted all of these; two minutes at most. */
async function untilCame(
  trial: Trial,
  { mails }: Scene,
  addresses: readonly string[],
  since: number,
): Promise<number> {
  for (;;) {
    const came = new Set(mails.accepted.map(({ to }) => to));
    const ms = performance.now() - since;
    if (addresses.every((to) => came.has(to)) || ms > 120_000 || trial.over.aborted) return ms;
    await wait(100);
  }
}

/** Until every notice was tried, and no try is under way. */
async function untilTried(trial: Trial, { postgres }: Scene): Promise<void> {
  for (let seconds = 0; seconds < 120 && !trial.over.aborted; seconds += 1) {
    const untried = await countRows(postgres, "notice where state = 'queued' and channel <> 'letter'");
    if (untried === 0) return;
    await wait(1_000);
  }
}

/** Nobody waits here for the next try, which comes after a minute or more. */
async function hasten({ postgres }: Scene): Promise<void> {
  await postgres.query("update pgboss.job set start_after = now() where state = 'retry'", [], 'compte');
}
