import { NotWritten, openJournal } from '#src/workshop/classes/journal.ts';

/** Run by a test under a limit for files: writes hands into a journal until the disk takes no more, and says how many. */
const journal = await openJournal(process.argv[2] ?? '', null);
let told = 0;
journal.listen(() => {
  told += 1;
});
let stored = 0;
let problem: string | null = null;
const hand = (seat: number) =>
  ({ kind: 'hand', at: '2026-11-24T09:01:00Z', seat, raised: stored % 2 === 0 }) as const;
while (problem === null) {
  try {
    await journal.add(hand(1));
    stored += 1;
  } catch (error) {
    problem = error instanceof NotWritten ? error.problem : 'another error';
  }
}
const again = await journal.add(hand(2)).then(
  () => 'stored',
  () => 'refused',
);
const said = { stored, problem, again, told, trouble: journal.trouble(), events: journal.events().length };
await journal.close();
process.stdout.write(JSON.stringify(said));
