// Keeps the site's own versioned files and the page for when there is no network. Never a page about somebody.
// `version`, `files` and `offline` are written above by the server (src/installable/register.ts).
/* global version, files, offline */

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
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== version).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (files.includes(url.pathname))
    event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)));
  else if (request.mode === 'navigate')
    event.respondWith(
      fetch(request).catch(() => caches.match(offline).then((page) => page ?? Response.error())),
    );
});
