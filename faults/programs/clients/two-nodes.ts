import { setTimeout as wait } from 'node:timers/promises';
import { paths, withToken } from '#src/paths.ts';
import type { Browser } from '../../../bench/client/browser.ts';
import { identityOf, password } from '../../../bench/client/journey.ts';
import { contactOf } from '../../../test/steps.ts';
import { browserOfBoth } from '../../client/both-nodes.ts';
import { measureAfterwards } from '../../setting/afterwards.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';

const copies = 50;
/** `proofPerPerson` of the policy: the fifth failure closes the way for the day. */
const mostProofs = 5;

export const twoNodes: Fault = {
  id: 'R-08',
  atMostSeconds: 300,
  async run(trial) {
    const scene = await openScene(trial, {
      people: 200,
      limits: oneClientForAll,
      env: { HASH_MAX_WAIT_MS: '60000' },
    });
    const nodes = [await scene.web(), await scene.web()] as const;
    await scene.worker();
    const traveller = scene.crowd.next();
    const { line, email } = traveller;
    const browser = browserOfBoth(trial, nodes, { ip: '10.6.0.1', connections: copies });
    const differing: string[] = [];

    /** The same form fifty times at once: every answer must be that of the first. */
    const sendMany = async (
      from: string,
      fields: Readonly<Record<string, string>>,
      to: string,
      pattern = from,
    ) => {
      trial.say(`${pattern}, ${copies} times at once`);
      await look(browser, from);
      const answers = await Promise.all(
        Array.from({ length: copies }, async () => {
          for (;;) {
            const answer = await browser.post(from, fields);
            // The second sender of a link sees what the first one has done.
            if (answer.status === 200 && answer.text().includes('déjà confirmée')) return `303 ${to}`;
            if (answer.status !== 503) return `${answer.status} ${answer.location ?? ''}`;
            await wait(500);
          }
        }),
      );
      const others = answers.filter((answer) => answer !== `303 ${to}`);
      if (others.length > 0)
        differing.push(`${others.length} of ${pattern}: ${[...new Set(others)].join(', ')}`);
    };
    // Of an identity without a session each is a dossier of its own: the last cookie stays.
    await look(browser, paths.identity);
    await browser.post(paths.identity, identityOf(traveller));
    const proof = { iban7: line.iban?.slice(-7) ?? '', numeroSerie: line.card?.serial ?? '' };
    await sendMany(paths.proof, proof, paths.terms);
    await sendMany(paths.terms, { accord: 'oui' }, paths.password);
    await sendMany(paths.password, { motDePasse: password, confirmation: password }, paths.contact);
    await sendMany(paths.contact, contactOf(email), paths.waiting);
    const link = withToken(paths.link, await scene.mails.tokenFor(email));
    await sendMany(link, {}, paths.confirmed, paths.link);
    trial.measured(
      `forms sent ${copies} times at once to two processes, answered otherwise than once`,
      differing.join('; ') || 0,
      differing.length === 0,
    );

    const other = scene.crowd.next();
    const guessing = browserOfBoth(trial, nodes, { ip: '10.6.0.2', connections: copies });
    await look(guessing, paths.identity);
    await guessing.post(paths.identity, identityOf(other));
    await look(guessing, paths.proof);
    const wrong = { iban7: '0000000', numeroSerie: other.line.card?.serial ?? '' };
    await Promise.all(Array.from({ length: copies }, () => guessing.post(paths.proof, wrong)));
    const [proofs] = await scene.postgres.query<{ failures: number }>(
      "select max(cardinality(failures))::integer as failures from attempt where kind = 'proof'",
      [],
      'compte',
    );
    trial.measured(
      `wrong proofs that counted, of ${copies} at once, ${mostProofs} being allowed`,
      String(proofs?.failures),
      proofs?.failures === mostProofs,
    );
    await measureAfterwards(trial, scene, { opened: [traveller], mostCopies: 0 });
  },
};

/** Sees a page, however busy the process is. */
async function look(browser: Browser, path: string): Promise<void> {
  while ((await browser.get(path)).status === 503) await wait(500);
}
