// Rings when a text message comes to the telephone of a seat: off until it is switched on, for this browser.

const panel = document.querySelector('[data-sms]');
const button = panel.querySelector('button');
const status = panel.querySelector('[role=status]');
const news = panel.querySelector('[data-sms-news]');
const { smsKept: key, smsOn: on, smsOff: off, smsWaits: waits } = panel.dataset;
const everyMs = 4_000;

/** @type {AudioContext | null} */
let sound = null;
let isOn = remembered() === 'oui';
let known = Number(panel.dataset.sms);

function remembered() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** A browser plays nothing before somebody has touched the page: until then the page says so. */
function say() {
  button.setAttribute('aria-pressed', String(isOn));
  status.textContent = !isOn ? off : sound?.state === 'running' ? on : waits;
}

async function wake() {
  if (!isOn) return;
  sound ??= new AudioContext();
  say();
  await sound.resume();
  say();
}

/** Two short notes, drawn by the browser: no file. */
function ring() {
  if (sound?.state !== 'running') return;
  for (const [pitch, after] of [
    [880, 0],
    [1320, 0.18],
  ]) {
    const note = sound.createOscillator();
    const volume = sound.createGain();
    const start = sound.currentTime + after;
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16);
    note.connect(volume).connect(sound.destination);
    note.start(start);
    note.stop(start + 0.16);
  }
}

async function look() {
  if (!isOn || document.hidden) return;
  const answer = await fetch(panel.dataset.smsList).catch(() => null);
  const list = answer?.ok ? await answer.json().catch(() => null) : null;
  if (!Array.isArray(list)) return;
  if (list.length > known) {
    news.hidden = false;
    ring();
  }
  known = list.length;
}

button.addEventListener('click', () => {
  isOn = !isOn;
  try {
    localStorage.setItem(key, isOn ? 'oui' : 'non');
  } catch {
    // It then holds for this page alone.
  }
  say();
  // Once, so that people know the sound.
  wake().then(() => isOn && ring());
});
addEventListener('pointerdown', wake);
addEventListener('keydown', wake);
panel.hidden = false;
wake();
say();
setInterval(look, everyMs);
