// On «Lire sans réseau»: whether this browser can keep pages, and how many it keeps (`src/installable/offline-copies.js`).

const find = (/** @type {string} */ part) => document.querySelector(`[data-offline-${part}]`);

async function tellKept() {
  const count = find('count');
  if (!count) return;
  const name = (await caches.keys()).find((one) => one.startsWith('copies '));
  const cache = name && (await caches.open(name));
  const kept = cache ? await cache.keys() : [];
  const pages = kept.filter(({ url }) => new URL(url).pathname.startsWith('/mon-compte'));
  count.lastChild.textContent = pages.length;
  count.hidden = false;
  find('full').hidden = !cache || (await cache.match('/copies/room')) !== undefined;
}

const isAble = 'caches' in window && 'serviceWorker' in navigator;
for (const [part, hidden] of [
  ['form', !isAble],
  ['unable', isAble],
])
  find(part)?.toggleAttribute('hidden', hidden);
if (isAble) tellKept();
