import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieName } from '#src/web/cookies.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { openRoom, prepareClass, takeSeat } from '../workshop/room.ts';
import { sharedChromium } from './shared.ts';
import { watch } from './watch.ts';

const seatCookie = cookieName({ secure: false, demo: { kind: 'exercise' } }, roleCookie);

/** Counts the notes that are really drawn. */
const countNotes = `
  const { createOscillator } = AudioContext.prototype;
  AudioContext.prototype.createOscillator = function () {
    const { dataset } = document.documentElement;
    dataset.notes = Number(dataset.notes ?? 0) + 1;
    return createOscillator.call(this);
  };`;

test('a telephone rings when a text message comes: off at first, kept, and not before a touch', async (t) => {
  const room = await openRoom(t);
  const { trainer, board, code } = await prepareClass(room, { places: '1' });
  const { learner } = await takeSeat(room, code);
  const context = await (await sharedChromium()).newContext({ baseURL: room.origin, locale: 'fr-FR' });
  t.after(() => context.close());
  const { faults } = watch(context, room.origin);
  await context.addCookies([{ name: seatCookie, value: learner.cookie(seatCookie), url: room.origin }]);
  const page = await context.newPage();
  await page.addInitScript({ content: countNotes });
  const status = page.locator('[data-sms] [role=status]');
  const notes = async () => Number(await page.evaluate('document.documentElement.dataset.notes ?? 0'));
  const says = (text: string) => status.filter({ hasText: text }).waitFor();
  const ring = page.getByRole('button', { name: 'Sonner quand un SMS arrive' });

  await page.goto(workshopPaths.seatSms);
  await says('Le son est coupé.');
  assert.equal(await ring.getAttribute('aria-pressed'), 'false');
  await ring.click();
  await says('Le son est allumé, tant que cette page reste ouverte.');
  while ((await notes()) < 2) await page.evaluate('new Promise(requestAnimationFrame)');
  await trainer.get(board);
  await trainer.post(board, { action: 'incident', incident: 'call-for-a-code' });
  await page.getByText('Un SMS est arrivé.').waitFor();
  assert.equal(await notes(), 4);

  await page.getByRole('link', { name: 'Le lire' }).click();
  assert.equal(await ring.getAttribute('aria-pressed'), 'true');
  await ring.click();
  await says('Le son est coupé.');
  await page.reload();
  await says('Le son est coupé.');
  assert.equal(await notes(), 0);
  assert.deepEqual(faults, []);
});
