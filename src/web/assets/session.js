// The end of the session, and what is typed: for the pages that have one or the other. Nothing is kept in the browser.

/** What this script says, by voice: the server writes the texts of `src/web/session/texts.ts` here. */
const texts = {};
const { lang, dataset: frame } = document.documentElement;
const words = texts[frame.voice ?? lang];

const all = (/** @type {string} */ selector) => document.querySelectorAll(selector);
const element = (/** @type {string} */ name, /** @type {object} */ about = {}) =>
  Object.assign(document.createElement(name), about);

/**
 * Warns before the end of the session, by the time of day, so that a device that slept is not mistaken; after the end,
 * nothing about the person is left on the page.
 */
function watchSession() {
  const box = document.querySelector('[data-session-seconds]');
  if (!box) return;
  const parts = ['h2', 'p', 'form', 'template'];
  const [title, text, form, over] = parts.map((part) => box.querySelector(part));
  const left = element('strong');
  const time = element('p', { hidden: true });
  time.append(`${words.left} `, left);
  text.after(time);
  const status = element('p', { className: 'govuk-visually-hidden' });
  status.setAttribute('role', 'status');
  form.after(status);
  const { dataset } = box;
  const endOf = (/** @type {DOMStringMap} */ { sessionSeconds }) =>
    Date.now() + Number(sessionSeconds) * 1000;
  let full = text.textContent;
  let end = endOf(dataset);
  let shown = false;
  let before = document.body;
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('session') : null;
  const tell = () => tabs?.postMessage([dataset.id, end]);
  const show = (/** @type {boolean} */ visible, /** @type {string} */ words) => {
    shown = visible;
    box.classList.toggle('session-end--soon', visible);
    text.textContent = words;
    title.hidden = time.hidden = !visible;
    form.hidden = !visible || dataset.last === 'true';
    uncover();
  };
  // Nothing that has the focus stays under the warning.
  const uncover = () => {
    document.documentElement.style.scrollPaddingBottom = shown ? `${box.offsetHeight + 8}px` : '';
    const { activeElement: at } = document;
    if (!shown || at === document.body || box.contains(at)) return;
    scrollBy(0, Math.max(0, at.getBoundingClientRect().bottom + 8 - box.getBoundingClientRect().top));
  };
  const close = () => {
    clearInterval(timer);
    tabs?.close();
    show(false, '');
    const main = document.querySelector('main');
    const place = dataset.public ? text : main;
    const written = dataset.keeps && main.querySelector('form :is(input:not([type=hidden]), textarea)')?.form;
    const sent = written && new URLSearchParams(new FormData(written));
    const hasFields = main.querySelector('form[method=post] :is(input:not([type=hidden]), textarea)');
    const heading = element('h1', { className: 'govuk-heading-l', textContent: words.over });
    const typed = element('p', { textContent: sent || !hasFields ? '' : words.lost });
    const said = [heading, element('p', { textContent: words.closed }), typed];
    place.replaceChildren(...(dataset.public ? [`${words.over}. `] : said), over.content);
    for (const element of all(dataset.public ? 'header form' : '.beside, header form')) element.remove();
    status.textContent = words.over;
    if (dataset.public) return;
    document.title = document.title.replace(/^.* – /, `${words.over} – `);
    main.focus();
    if (!sent) return;
    sent.set('_garder', 'fin');
    fetch(written.action, { method: 'POST', body: sent })
      .then(({ ok }) => ok)
      .catch(() => false)
      .then((ok) => {
        typed.textContent = ok ? words.kept : words.lost;
      });
  };
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    if (seconds === 0) return close();
    if (seconds > Number(dataset.warn)) return shown && show(false, full);
    const minutes = `${Math.max(2, Math.ceil(seconds / 60))}`;
    if (!shown) {
      const soon = dataset.last === 'true' ? words.soonForGood : words.soon;
      show(true, soon.replace('{}', minutes).replace('{hour}', dataset.hour));
      status.textContent = `${words.warning} ${text.textContent}`;
    }
    left.textContent = `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  };
  const extend = async () => {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
    });
    // The answer is a page: its own end of session is the new one.
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('[data-session-seconds]');
    if (fresh ? fresh.dataset.id !== dataset.id : answer.ok) return close();
    if (!fresh) throw answer;
    Object.assign(dataset, fresh.dataset);
    full = fresh.querySelector('p').textContent;
    end = endOf(dataset);
    show(false, full);
    tick();
    tell();
    status.textContent = dataset.last === 'true' ? full : words.extended.replace('{hour}', dataset.hour);
    // The button that had the focus is gone: back to where the person was.
    if (before === document.body) before = document.querySelector('main');
    before.focus();
  };
  document.addEventListener('focusin', ({ target }) => {
    if (!box.contains(target)) before = target;
    uncover();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    extend().catch(() => {
      status.textContent = text.textContent = words.failed;
    });
  });
  document.addEventListener('submit', ({ target }) => {
    if (target.matches('header form')) tabs?.postMessage([dataset.id, 0]);
  });
  tabs?.addEventListener('message', ({ data: [id, later] }) => {
    if (id !== dataset.id || (later && later <= end)) return;
    end = later;
    tick();
  });
  addEventListener('resize', uncover);
  addEventListener('pageshow', tick);
  document.addEventListener('visibilitychange', tick);
  const timer = setInterval(tick, 1000);
  tick();
  tell();
}

/** What is typed stays when the language or the contrast changes, and when there is no network. */
function keepTyped() {
  const formOf = () =>
    [...all('main form')].find((form) =>
      [...form.elements].some(({ type, value, checked, defaultChecked }) =>
        /radio|box/.test(type) ? checked !== defaultChecked : !/hidden|submit|button/.test(type) && value,
      ),
    );
  for (const link of all('[hreflang], [data-other]'))
    link.addEventListener('click', (event) => {
      const form = formOf();
      const { other } = link.dataset;
      if (other) {
        event.preventDefault();
        fetch(link.href).catch(() => {});
        link.dataset.other = link.textContent;
        link.textContent = other;
        const isOn = document.documentElement.classList.toggle('contraste');
        link.search = `?contraste=${isOn ? 'non' : 'oui'}`;
      } else if (form && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        const to = new URL(form.action);
        to.search = link.search;
        form.action = to;
        form.append(element('input', { type: 'hidden', name: '_garder' }));
        HTMLFormElement.prototype.submit.call(form);
      }
    });
  const { typed } = document.querySelector('main').dataset;
  const note = element('p', { className: 'govuk-error-message', role: 'alert' });
  // Before all others: a form that stays here was not sent.
  const stop = (/** @type {SubmitEvent} */ event) => {
    note.remove();
    if (navigator.onLine || typed === undefined || event.target.closest('.session-end')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    note.textContent = words.offline;
    event.submitter?.before(note);
  };
  document.addEventListener('submit', stop, true);
}

watchSession();
keepTyped();
