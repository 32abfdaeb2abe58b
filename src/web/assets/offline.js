// On «Lire sans réseau»: whether this browser can keep pages, and how many it keeps (`src/installable/offline-copies.js`).

const find = (/** @type {string} */ part) => document.querySelector(`[data-offline-${part}]`);

async function tellKept() {
  const name = (await caches.keys()).find((one) => one.startsWith('copies '));
  const count = find('count');
  if (!count || !name) return;
  const cache = await caches.open(name);
  const pages = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith('/mon-compte'));
  count.lastChild.textContent = pages.length;
  count.hidden = false;
  const { full = false } = (await (await cache.match('/copies'))?.json()) ?? {};
  find('full').hidden = !full;
}

const isAble = 'caches' in window && 'serviceWorker' in navigator;
for (const [part, hidden] of [
  ['form', !isAble],
  ['unable', isAble],
])
  find(part)?.toggleAttribute('hidden', hidden);
if (isAble) tellKept();
