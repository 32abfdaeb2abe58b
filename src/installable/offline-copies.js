// Pages of an account, kept where its person has chosen so for this browser, to be read without a network. The server says
// which (`src/web/offline-copies.ts`): a page is kept only after it was opened, and as a copy without forms, made for that.
// Everything is kept in one cache, named by the choice, and erased as a whole.
// `notKept` and `files` are written above by the server (src/installable/register.ts).
/* global notKept, files */

/** In the cache of copies: until when they may be read, by the clock of this device. */
const standing = '/copies';

/** There too, as long as the device has room: the page of the choice looks for it. */
const room = '/copies/room';

/** Counts erasures: a copy that was asked for before one is not kept after it. */
let erasures = 0;

async function copyCaches() {
  return (await caches.keys()).filter((name) => name.startsWith('copies '));
}

async function eraseCopies() {
  erasures += 1;
  for (const name of await copyCaches()) await caches.delete(name);
}

/** Heeds what the server says with a page that was opened, if anything. */
async function heedCopies(/** @type {Response} */ response, /** @type {string} */ url) {
  const [word, id, seconds] = response.headers.get('offline-copies')?.split(' ') ?? [];
  if (word === 'none') return eraseCopies();
  if (word !== 'keep') return eraseOver();
  const name = `copies ${id}`;
  // Of another choice: of somebody else, or from before.
  if ((await copyCaches()).some((other) => other !== name)) await eraseCopies();
  const before = erasures;
  const cache = await caches.open(name);
  const copy = await copyOf(url, id).catch(() => {});
  if (!copy || before !== erasures) return;
  const until = Date.now() + Number(seconds) * 1000;
  try {
    await cache.put(url, new Response(copy.html, { headers: copy.headers }));
    // With it, what it needs, as it is now.
    const named = copy.html.match(/(?<=(?:href|src)=")\/assets\/[^"]+/g) ?? [];
    const needed = named.filter((file) => files.includes(file));
    for (const file of needed) if (!(await cache.match(file))) await cache.add(file);
    if (!(await cache.match(notKept))) {
      const [language] = copy.html.match(/(?<=<html lang=")\w+/);
      const page = new Request(`${notKept}?lang=${language}`, { credentials: 'omit' });
      await cache.put(notKept, await fetch(page));
    }
    await cache.put(standing, Response.json({ until }));
    await cache.put(room, new Response());
  } catch (error) {
    // A page that is not there whole is not kept. Where no room is left, only a deletion is sure to succeed.
    await cache.delete(url);
    if (error.name === 'QuotaExceededError') await cache.delete(room);
  }
}

/** The page without forms, whole, as its own session is given it; undefined for anything else. */
async function copyOf(/** @type {string} */ url, /** @type {string} */ id) {
  const asked = new Request(url, {
    headers: { 'offline-copy': 'yes' },
    redirect: 'error',
    cache: 'no-store',
  });
  const answer = await fetch(asked);
  const said = answer.headers.get('offline-copies') ?? '';
  const isPage = answer.headers.get('content-type')?.startsWith('text/html');
  if (answer.status !== 200 || answer.redirected || !isPage || !said.startsWith(`keep ${id} `)) return;
  const headers = new Headers(answer.headers);
  for (const name of ['vary', 'content-encoding', 'content-length']) headers.delete(name);
  return { headers, html: await answer.text() };
}

/** What is kept of a page: the page, or one that says that it is not; undefined where nothing is kept. */
async function keptPage(/** @type {string} */ url) {
  await eraseOver();
  const [name] = await copyCaches();
  if (!name) return;
  const cache = await caches.open(name);
  return (await cache.match(url)) ?? cache.match(notKept);
}

/** Erases everything once its time is over; a page that is opened without a network looks first. */
async function eraseOver() {
  for (const name of await copyCaches()) {
    const kept = await (await caches.open(name)).match(standing);
    const { until = 0 } = (await kept?.json()) ?? {};
    if (until <= Date.now()) await eraseCopies();
  }
}

self.copies = { names: copyCaches, erase: eraseCopies, heed: heedCopies, page: keptPage };
