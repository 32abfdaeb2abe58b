import { setTimeout as wait } from 'node:timers/promises';
import { deliveryReport } from '../../../test/notices/delivery-report.ts';
import { untilSent } from '../../setting/afterwards.ts';
import { countRows } from '../../setting/invariants.ts';
import type { Fate, Mail } from '../../setting/mail-server.ts';
import {
  hasten,
  openQueueing,
  type Queueing,
  tenNumbers,
  untilCame,
  untilTried,
} from '../../setting/queued-mails.ts';
import { openScene, type Scene } from '../../setting/scene.ts';
import { openSmsGateway } from '../../setting/sms-gateway.ts';
import type { Fault, Trial } from '../../trial.ts';
import { tryGateways } from './gateways-that-lie.ts';

const goodMails = 40;
const badMails = 10;
/** Longer than 40 mails take, shorter than one that is not answered. */
const mostMeanwhileMs = 20_000;

interface Manner {
  readonly how: () => Promise<Fate>;
  readonly end: 'deferred' | 'handed-over' | 'refused';
}

/** What a mail server does at once with the mails to some of its recipients. */
const hasty: Readonly<Record<string, Manner>> = {
  'refuses for now (450)': { how: async () => refusal(450), end: 'deferred' },
  'refuses for good (550)': { how: async () => refusal(550), end: 'refused' },
  'cuts the connection instead of an answer': {
    how: async () => ({ taken: false, after: 'cut' }),
    end: 'deferred',
  },
  'takes the mail, then cuts the connection': {
    how: async () => ({ taken: true, after: 'cut' }),
    end: 'deferred',
  },
};

/** … or after as long as it is waited for. */
const slow: Readonly<Record<string, Manner>> = {
  'does not answer': { how: async () => ({ taken: false, after: 'silence' }), end: 'deferred' },
  'takes the mail, then does not answer': {
    how: async () => ({ taken: true, after: 'silence' }),
    end: 'deferred',
  },
  'answers after 8 s': { how: () => wait(8_000, null), end: 'handed-over' },
};

function refusal(responseCode: number): Error {
  return Object.assign(new Error('not now'), { responseCode });
}

export const serversThatLie: Fault = {
  id: 'R-06',
  atMostSeconds: 900,
  async run(trial) {
    const scene = await openScene(trial, {
      people: 200,
      env: { MAIL_BOUNCE_ADDRESS: 'rebonds@compte.bench.exemple.fr' },
    });
    const gateway = await openSmsGateway(trial);
    const queueing = await openQueueing(trial, scene);
    const worker = await scene.worker(gateway.env);
    const manners = Object.entries({ ...hasty, ...trial.paced({}, slow) });
    for (const [name, manner] of manners) await tryManner({ trial, scene, queueing }, name, manner);
    const { accepted } = scene.mails;
    const came = new Set(accepted.map(({ to }) => to));
    const good = [...came].filter((to) => to.startsWith('bon-')).length;
    const expected = manners.length * goodMails;
    trial.measured('mails to others that came', `${good} of ${expected}`, good === expected);
    const bad = [...came].filter((to) => to.startsWith('lent-')).length;
    const patient = manners.filter(([, { end }]) => end !== 'refused').length * badMails;
    trial.measured('mails that came in the end, unless refused', `${bad} of ${patient}`, bad === patient);
    const ids = new Set(accepted.map(({ messageId }) => messageId)).size;
    trial.measured(
      'copies of mails that were taken without an answer, all under their Message-ID',
      `${accepted.length - ids}, ${ids - came.size} under another`,
      ids === came.size && accepted.length - ids <= badMails * 2,
    );
    await comeBack(trial, scene);
    if (trial.paced(false, true)) await dripAnswers(trial, scene, queueing, gateway.accepted);
    await tryGateways({ trial, scene, queueing, gateway, worker });
  },
};

interface Trying {
  readonly trial: Trial;
  readonly scene: Scene;
  readonly queueing: Queueing;
}

async function tryManner(
  { trial, scene, queueing }: Trying,
  manner: string,
  { how, end }: Manner,
): Promise<void> {
  const { mails, postgres } = scene;
  trial.say(`the mail server ${manner}`);
  const name = manner.replaceAll(/\W/g, '');
  const isBad = ({ to }: Mail) => to.startsWith('lent');
  mails.answer((mail) => (isBad(mail) ? how() : Promise.resolve(null)));
  const bad = Array.from({ length: badMails }, (_, n) => `lent-${name}-${n}@exemple.fr`);
  const good = Array.from({ length: goodMails }, (_, n) => `bon-${name}-${n}@exemple.fr`);
  await queueing.mails(bad);
  await wait(500);
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
  trial.measured(`each try ended, as ${end}`, `${Math.round(seconds)} s`, ended >= badMails && seconds < 90);
  mails.answer(async () => null);
  await hasten(scene);
  await untilSent(trial, scene);
}

/** What was accepted comes back: the mail server of the service pipes the reports to a command. */
async function comeBack(trial: Trial, { mails, postgres, feed }: Scene): Promise<void> {
  const returned = mails.accepted.slice(0, 3).map(({ returnPath }) => returnPath);
  const forged = `${returned[0]}`.replace(/.(?=@)/, (digit) => (digit === '0' ? '1' : '0'));
  const reports = [...returned, ...returned, forged].map((to) => deliveryReport({ to }));
  const said = reports.map((report) => feed(report, 'notices', 'bounce').trim());
  const known = await countRows(postgres, "notice where state = 'bounced' and reason = 'dsn-5.1.1'");
  const events = await countRows(postgres, "audit_event where kind = 'notice-bounced'");
  trial.measured(
    'mails that come back, twice each, and a forged report: notices that say so, and audit events',
    `${known}, ${events} (${said.join(', ')})`,
    known === 3 && events === 3 && said.at(-1) === 'forged',
  );
}

/** Each answer of the mail server, the greeting included, leaves a byte at a time: SMS go on. */
async function dripAnswers(
  trial: Trial,
  scene: Scene,
  queueing: Queueing,
  sent: readonly string[],
): Promise<void> {
  const { mails } = scene;
  trial.say('each answer of the mail server leaves a byte at a time');
  mails.drip(true);
  const addresses = Array.from({ length: badMails }, (_, n) => `goutte-${n}@exemple.fr`);
  await queueing.mails(addresses);
  await wait(1_000);
  const queuedAt = performance.now();
  const before = sent.length;
  await queueing.sms(tenNumbers(0));
  while (sent.length < before + badMails && performance.now() - queuedAt < mostMeanwhileMs) await wait(100);
  const ms = performance.now() - queuedAt;
  trial.measured(
    'a mail server whose answers drip: seconds until SMS have left',
    (ms / 1000).toFixed(1),
    ms < mostMeanwhileMs,
  );
  await untilTried(trial, scene);
  const seconds = (performance.now() - queuedAt) / 1000;
  trial.measured('each try ended', `${Math.round(seconds)} s`, seconds < 90);
  mails.drip(false);
  await hasten(scene);
  await untilSent(trial, scene);
  const came = await untilCame(trial, scene, addresses, performance.now());
  trial.measured('they have left once it is well again', `${badMails}`, came < mostMeanwhileMs);
}
