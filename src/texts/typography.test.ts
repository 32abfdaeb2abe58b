import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatDate,
  formatHour,
  formatHourFrom,
  formatNotBefore,
  formatTime,
  frenchTypographyFaults,
} from '#src/texts/typography.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('days and hours are those of Paris, summer and winter', () => {
  const winter = new Date('2026-11-21T13:05:00Z');
  assert.equal(plain(formatTime(winter, 'fr')), 'le 21 novembre 2026 à 14 h 05 (heure de Paris)');
  assert.equal(plain(formatTime(winter, 'en')), 'on 21 November 2026 at 14:05 (Paris time)');
  assert.equal(
    plain(formatTime(winter, 'fr-plain')),
    'le samedi 21 novembre 2026 à 14 h 05 (heure de Paris)',
  );
  assert.equal(plain(formatTime(winter, 'en-plain')), 'on Saturday 21 November 2026 at 14:05 (Paris time)');
  assert.equal(plain(formatHour(new Date('2026-07-01T07:30:00Z'), 'fr')), '9 h 30 (heure de Paris)');
  assert.equal(plain(formatHour(new Date('2026-03-29T01:00:00Z'), 'fr')), '3 h 00 (heure de Paris)');
  // Half past two comes twice on the night when summer time ends.
  assert.equal(plain(formatHour(new Date('2026-10-25T00:30:00Z'), 'fr')), '2 h 30 (heure d’été)');
  assert.equal(plain(formatHour(new Date('2026-10-25T01:30:00Z'), 'fr')), '2 h 30 (heure d’hiver)');
  assert.equal(plain(formatHour(new Date('2026-10-25T01:30:00Z'), 'en')), '02:30 (winter time)');
  assert.equal(plain(formatHour(new Date('2026-10-25T02:00:00Z'), 'fr')), '3 h 00 (heure de Paris)');
  assert.equal(
    plain(formatTime(new Date('2026-06-30T22:00:00Z'), 'fr')),
    'le 1er juillet 2026 à 0 h 00 (heure de Paris)',
  );
  assert.equal(plain(formatDate(new Date('2026-11-01T12:00:00Z'), 'fr-plain')), 'dimanche 1er novembre 2026');
  // Only after its weekday may a line break.
  assert.equal(formatDate(winter, 'fr-plain'), 'samedi 21\u00a0novembre\u00a02026');
});

test('the moment to come back is never shown too early', () => {
  assert.equal(
    plain(formatNotBefore(new Date('2026-11-21T13:05:20Z'), 'fr')),
    'le 21 novembre 2026 à 14 h 06 (heure de Paris)',
  );
  assert.equal(
    plain(formatNotBefore(new Date('2026-11-21T13:05:00Z'), 'en')),
    'on 21 November 2026 at 14:05 (Paris time)',
  );
});

test('a date and an hour are never cut at the end of a line', () => {
  assert.doesNotMatch(formatDate(new Date('2026-11-21T13:05:00Z'), 'fr'), / /);
  assert.match(
    formatHour(new Date('2026-11-21T13:05:00Z'), 'fr'),
    /^\S+\u00a0h\u00a0\d\d \(heure de Paris\)$/,
  );
});

test('good French has no fault', () => {
  for (const text of [
    'Où trouver mon numéro\u00a0?',
    'Mon nom\u00a0: *',
    '«\u00a0Oui\u00a0», dit-elle… L’année\u00a0!',
    'https://exemple.fr/a?b=c&d à 14:05, «\u00a0prêt\u00a0?!\u00a0»',
  ])
    assert.deepEqual(frenchTypographyFaults(text), []);
});

test('an hour of another day in Paris says which', () => {
  const from = new Date('2026-11-27T21:56:00Z');
  const [before, after] = ['2026-11-27T22:59:59Z', '2026-11-28T01:30:00Z'].map((at) => new Date(at));
  assert.ok(before && after);
  assert.equal(formatHourFrom(from, before, 'fr'), '23\u00a0h\u00a059 (heure de Paris)');
  assert.equal(formatHourFrom(from, after, 'fr'), 'samedi, 2\u00a0h\u00a030 (heure de Paris)');
  assert.equal(formatHourFrom(from, after, 'en'), 'Saturday, 02:30 (Paris time)');
});

test('each fault is named with its place', () => {
  const faulty = ['Mon nom :', 'Mon nom:', '«Oui»', "l'année", 'dit "oui"', 'etc...', 'Vraiment ?'];
  for (const text of faulty) assert.equal(frenchTypographyFaults(text).length > 0, true, text);
  assert.match(frenchTypographyFaults("l'année")[0] ?? '', /typographic apostrophe: “l'année”/);
});
