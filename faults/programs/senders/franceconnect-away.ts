import { setTimeout as wait } from 'node:timers/promises';
import { franceConnectHref } from '#src/page-parts/franceconnect-button.ts';
import { paths } from '#src/paths.ts';
import { beforePassword } from '../../../bench/client/journey.ts';
import { quantile } from '../../../bench/client/tally.ts';
import { openWalk, type Walk } from '../../../bench/client/walk.ts';
import { proveThere } from '../../../bench/client/with-franceconnect.ts';
import { startIdentityProvider } from '../../../bench/setting/identity-provider.ts';
import { openVisitors } from '../../client/visitors.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';
import { tryBadAnswers } from './franceconnect-answers-badly.ts';

/** More than open the breaker. */
const unlucky = 7;
const mostAnswerMs = 10_000;
/** The breaker rests for thirty seconds. */
const mostRecoveryMs = 45_000;
/** Written where the button would be. */
const away = 'FranceConnect n’est pas disponible pour le moment';

/** FranceConnect hangs: it takes connections, and answers nothing; then nobody listens there at all. */
export const franceConnectAway: Fault = {
  id: 'R-07',
  atMostSeconds: 600,
  async run(trial) {
    const log = `${trial.folder}/provider.log`;
    const provider = await startIdentityProvider(trial.folder, log);
    trial.atEnd(() => provider.close().catch(() => {}));
    const scene = await openScene(trial, {
      ...{ people: 800, env: provider.env, limits: oneClientForAll },
      // Many web processes are open at once.
      settings: ['max_connections=400'],
    });
    await tryBadAnswers(trial, scene, provider);
    const web = await scene.web();
    const visitors = openVisitors(trial, [{ origin: web.origin, certificate: null }]);
    const patient = { patientUntil: performance.now() + 240_000 };
    const times: number[] = [];
    const walkOf = (traveller: { readonly number: number }): Walk =>
      openWalk(
        visitors.browser(traveller),
        async (_step, ask) => {
          const answer = await ask();
          times.push(answer.ms);
          return answer;
        },
        patient,
      );
    const byCard = async (): Promise<number> => {
      times.length = 0;
      for (let count = 0; count < 5; count += 1) {
        const traveller = scene.crowd.next();
        await beforePassword(walkOf(traveller), traveller);
      }
      return quantile(times, 0.99);
    };
    const cardBefore = await byCard();
    const first = scene.crowd.next();
    await proveThere(walkOf(first), first, provider);

    // They have signed in there, and are on their way back when it stops to answer.
    const onTheirWay = () =>
      Promise.all(
        Array.from({ length: unlucky }, async () => {
          const traveller = scene.crowd.next();
          const browser = visitors.browser(traveller);
          const walk = openWalk(browser, (_step, ask) => ask(), patient);
          await walk.see(paths.identity);
          const untouched = { nom: '', nir: '', codePostal: '' };
          const { location } = await walk.send(franceConnectHref('creation'), untouched, provider.origin);
          return { browser, back: await provider.proves(location, traveller) };
        }),
      );
    const under = await onTheirWay();
    trial.say('FranceConnect does not answer any more');
    provider.signal('SIGSTOP');
    trial.atEnd(() => provider.signal('SIGCONT'));
    const returning = Promise.all(under.map(({ browser, back }) => browser.get(back)));
    const cardMeanwhile = await byCard();
    const answers = await returning;
    const slowest = Math.max(...answers.map(({ ms }) => ms));
    const broken = answers.filter(({ status }) => status >= 500 && status !== 503).length;
    trial.measured(
      'seconds until those who came back are told',
      `${(slowest / 1000).toFixed(1)}, ${broken} by an error`,
      slowest < mostAnswerMs && broken === 0,
    );
    trial.measured(
      'p99 by card in ms, before and meanwhile',
      `${Math.round(cardBefore)} and ${Math.round(cardMeanwhile)}`,
      cardMeanwhile < Math.max(1_000, cardBefore * 3),
    );
    const page = visitors.browser(scene.crowd.next());
    const told = (await page.get(paths.identity)).text().includes(away);
    trial.measured('the page says that FranceConnect is away', told ? 'yes' : 'no', told);
    // Until here it took seconds; what follows waits for the breaker.
    if (trial.paced(true, false)) return;
    provider.signal('SIGCONT');
    const backAt = performance.now();
    while ((await page.get(paths.identity)).text().includes(away)) {
      if (performance.now() - backAt > mostRecoveryMs || trial.over.aborted) break;
      await wait(500);
    }
    const recovery = performance.now() - backAt;
    trial.measured(
      'seconds until it is offered again',
      Math.round(recovery / 1000),
      recovery < mostRecoveryMs,
    );
    const last = scene.crowd.next();
    await proveThere(walkOf(last), last, provider);
    trial.measured('somebody who proves there afterwards', 'can go on', true);

    const others = await onTheirWay();
    trial.say('FranceConnect refuses connections');
    await provider.close();
    const refused = await Promise.all(others.map(({ browser, back }) => browser.get(back)));
    const worst = Math.max(...refused.map(({ ms }) => ms));
    const errors = refused.filter(({ status }) => status >= 500).length;
    trial.measured(
      'nobody listens there: seconds until those who came back are told',
      `${(worst / 1000).toFixed(1)}, ${errors} by an error`,
      worst < mostAnswerMs && errors === 0,
    );
    const toldAgain = (await page.get(paths.identity)).text().includes(away);
    trial.measured('the page says so as well', toldAgain ? 'yes' : 'no', toldAgain);
    const cardAfter = await byCard();
    trial.measured(
      'p99 by card in ms then',
      Math.round(cardAfter),
      cardAfter < Math.max(1_000, cardBefore * 3),
    );
  },
};
