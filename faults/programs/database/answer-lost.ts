import type { Traveller } from '../../../bench/setting/people.ts';
import type { Progress } from '../../../test/reliability/enrolment.ts';
import { openOne, WrongAnswer } from '../../client/openings.ts';
import { openVisitors } from '../../client/visitors.ts';
import { measureAfterwards } from '../../setting/afterwards.ts';
import { openDatabaseLink } from '../../setting/database-link.ts';
import { openScene, roles } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';

/** More than any form writes by itself. */
const mostWrites = 6;

/** Whether a page claims that what was sent was not kept: nobody can know that. */
const claimsNothing = /Rien n’a été enregistré|n’a pas été enregistré/;

/** What the page says of a form whose fate nobody knows. */
const mayBeKept = 'a peut-être été enregistré';

export const answerLost: Fault = {
  id: 'R-23',
  atMostSeconds: 300,
  async run(trial) {
    const rounds = trial.paced(1, 1, 20);
    const scene = await openScene(trial, { people: 500 * rounds });
    const link = await openDatabaseLink(trial, scene.postgres);
    const web = await scene.web({ DATABASE_URL: link.url(roles.service) });
    await scene.worker();
    const visitors = openVisitors(trial, [{ origin: web.origin, certificate: null }]);
    const opened: Traveller[] = [];
    const wrong: string[] = [];
    const answers = new Map<string, number>();
    const lostIn = new Set<string>();
    for (let round = 0; round < rounds; round += 1)
      for (let write = 1; write <= mostWrites; write += 1) {
        const progress: Progress = { answered: 0, interrupted: 0, over: false };
        const hit = new Set<string>();
        trial.say(`the answer to write ${write} of each form is lost`);
        const traveller = await openOne({
          ...{ visitors, scene, progress },
          async around(path, send) {
            const pattern = path.replace(/^\/validation-email\/.*/, '/validation-email/:token');
            if (hit.has(pattern)) return send();
            hit.add(pattern);
            let left = write;
            link.loseAnswers(() => {
              left -= 1;
              return left === 0;
            });
            const before = link.lost();
            const answer = await send().finally(() => link.loseAnswers(null));
            if (link.lost() === before) return answer;
            lostIn.add(`${pattern} ${write}`);
            const said =
              `${answer.status} ${/<title>([^<|]*)/.exec(answer.html)?.[1] ?? answer.location}`.trim();
            answers.set(said, (answers.get(said) ?? 0) + 1);
            if (answer.status === 503 && !answer.html.includes(mayBeKept))
              wrong.push(`${pattern}: does not say that it may have been kept`);
            if (claimsNothing.test(answer.html)) wrong.push(`${pattern}: claims that nothing was kept`);
            return answer;
          },
        }).catch((error: unknown) => {
          if (!(error instanceof WrongAnswer || (error instanceof Error && error.name === 'AssertionError')))
            throw error;
          wrong.push(error.message);
          return null;
        });
        if (traveller) opened.push(traveller);
      }
    trial.measured('connections cut between a commit and its answer', link.lost(), link.lost() >= 7);
    trial.measured('writes of forms that were hit', [...lostIn].sort().join(', '), true);
    const said = [...answers].map(([what, count]) => `${count} × ${what}`).join(', ');
    trial.measured(
      'what people were told then',
      said,
      ![...answers.keys()].some((one) => /^(4|500)/.test(one)),
    );
    trial.measured('steps lost, or something untrue said', wrong.join('; ') || 0, wrong.length === 0);
    await measureAfterwards(trial, scene, { opened, mostCopies: 0 });
  },
};
