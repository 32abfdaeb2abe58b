// Keeps the site's own versioned files and the page for when there is no network, and nothing about anybody but what a
// person has asked for (offline-copies.js).
// `version`, `files`, `offline`, `leaving` are written above by the server (src/installable/register.ts), and offline-copies.js
// before this file.
/* global version, files, offline, leaving */

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(version)
      // Without cookies: the page that is kept is nobody's.
      .then((cache) =>
        cache.addAll([...files, offline].map((url) => new Request(url, { credentials: 'omit' }))),
      )
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const dropOld = async () => {
    const kept = [version, ...(await self.copies.names())];
    const names = await caches.keys();
    await Promise.all(names.filter((name) => !kept.includes(name)).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(dropOld());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  // Before the form has left, so that it holds without a network as well.
  if (request.method === 'POST' && leaving.includes(url.pathname)) event.waitUntil(self.copies.erase());
  if (request.method !== 'GET') return;
  // The files of older copies are kept with them.
  if (url.pathname.startsWith('/assets/'))
    event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)));
  else if (request.mode === 'navigate') event.respondWith(open(event));
});

/** A page from the network; without one, what is kept of it. */
async function open(/** @type {FetchEvent} */ event) {
  const { request } = event;
  try {
    const answer = await fetch(request);
    event.waitUntil(self.copies.heed(answer, request.url));
    return answer;
  } catch {
    return (await self.copies.page(request.url)) ?? (await caches.match(offline)) ?? Response.error();
  }
}
