import { personNamed } from '#src/fictitious/people.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { exportLetters } from '#src/letters/batch/export.ts';
import { readPrinterAnswer } from '#src/letters/batch/printer-answer.ts';
import { paths } from '#src/paths.ts';
import { exporting, lettersFolder, queueCodeLetter } from '../../letters/queue.ts';
import { identityOf } from '../../steps.ts';
import { state, type World } from '../world.ts';

/** A letter with a code, followed from the demand to the letter box, or back. */
export async function* letterPages(world: World) {
  const { services, clock } = world;
  const visitor = world.visitor();
  const person = personNamed('sans-carte');
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(person));
  yield state('letter, none', 200, await visitor.get(paths.letterTracker));
  const letter = await queueCodeLetter(services, 'sans-carte');
  yield state('letter, asked for', 200, await visitor.get(paths.letterTracker));
  const closing: (() => void)[] = [];
  const folder = lettersFolder({ after: (close: () => void) => closing.push(close) });
  await exportLetters(exporting(services), { folder });
  const day = clock.now().toISOString().slice(0, 10);
  const answer = async (said: string) => {
    const read = readPrinterAnswer(`${letter.id};${said};${day}`, clock.now());
    await acknowledgeLetters(services.db, read, clock.now());
    return visitor.get(paths.letterTracker);
  };
  yield state('letter, posted', 200, await answer('postée'));
  yield state('letter, came back', 200, await answer('revenue (NPAI)'));
  for (const close of closing) close();
  await services.db.deleteFrom('provisional_code').where('notice_id', '=', letter.id).execute();
  await services.db.deleteFrom('letter').where('id', '=', letter.id).execute();
  await services.db.deleteFrom('notice').where('id', '=', letter.id).execute();
}
