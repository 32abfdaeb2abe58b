// Keeps the trainer’s board and projector as the class is: the server sends the parts that have changed.

const live = document.querySelector('[data-live]');
const lost = document.querySelector('[data-live-lost]');

/** Changes what differs and nothing else: a screen reader stays where it reads. */
function change(/** @type {Node} */ old, /** @type {Node} */ next) {
  if (old.isEqualNode(next)) return;
  const children = [...old.childNodes];
  const later = [...next.childNodes];
  if (old.nodeName !== next.nodeName || children.length === 0 || children.length !== later.length)
    return old.replaceWith(next);
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const [index, child] of children.entries()) change(child, later[index]);
}

/** The same element as before keeps the focus, where its row is new. */
function replace(/** @type {string} */ id, /** @type {string} */ markup) {
  const part = document.getElementById(id);
  if (!part) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
  const next = part.cloneNode();
  next.innerHTML = markup;
  change(part, next);
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

/** Said once, however often the browser tries in vain. */
function say(/** @type {string} */ text) {
  if (lost.textContent !== text) lost.textContent = text;
}

function follow() {
  const stream = new EventSource(live.dataset.live);
  stream.addEventListener('open', () => {
    say('');
  });
  // The browser tries again by itself: after sleep, or a cable that was out.
  stream.addEventListener('error', () => {
    say(lost.dataset.liveLost);
  });
  stream.addEventListener('parts', ({ data }) => {
    for (const [id, markup] of Object.entries(JSON.parse(data))) replace(id, markup);
  });
  // The page has another form now, or the class is gone.
  stream.addEventListener('reload', () => {
    stream.close();
    location.reload();
  });
  addEventListener('pagehide', () => stream.close());
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
}

follow();
