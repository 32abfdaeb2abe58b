// Keeps the trainer’s board and projector as the class is: the server sends the parts that have changed.

const live = document.querySelector('[data-live]');
const lost = document.querySelector('[data-live-lost]');

/** The same element as before keeps the focus, although its part is new. */
function replace(/** @type {string} */ id, /** @type {string} */ markup) {
  const part = document.getElementById(id);
  if (!part) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
  part.innerHTML = markup;
  if (focused) document.getElementById(focused)?.focus();
}

function follow() {
  const stream = new EventSource(live.dataset.live);
  stream.addEventListener('open', () => {
    lost.hidden = true;
  });
  // The browser tries again by itself: after sleep, or a cable that was out.
  stream.addEventListener('error', () => {
    lost.hidden = false;
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
