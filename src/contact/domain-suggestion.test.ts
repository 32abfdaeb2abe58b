import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestDomain } from './domain-suggestion.ts';

const cases: [domain: string, suggestion: string | null][] = [
  ['gmial.com', 'gmail.com'],
  ['gamil.com', 'gmail.com'],
  ['gmail.co', 'gmail.com'],
  ['gmail.fr', 'gmail.com'],
  ['gmail.con', 'gmail.com'],
  ['gmai.com', 'gmail.com'],
  ['GMIAL.COM', 'gmail.com'],
  ['orange.f', 'orange.fr'],
  ['ornage.fr', 'orange.fr'],
  ['orang.fr', 'orange.fr'],
  ['hotmal.fr', 'hotmail.fr'],
  ['hotmial.com', 'hotmail.com'],
  ['hotmai.f', 'hotmail.fr'],
  ['laposte.ent', 'laposte.net'],
  ['lapost.net', 'laposte.net'],
  ['wanadoo.com', 'wanadoo.fr'],
  ['wanadou.fr', 'wanadoo.fr'],
  ['yaho.fr', 'yahoo.fr'],
  ['outlok.com', 'outlook.com'],
  ['iclou.com', 'icloud.com'],
  ['fere.fr', 'free.fr'],
  ['free.rf', 'free.fr'],
  ['srf.fr', 'sfr.fr'],
  ['sfr.f', 'sfr.fr'],
  ['tree.fr', null],
  ['sar.fr', null],
  ['gmail.com', null],
  ['mail.com', null],
  ['ymail.com', null],
  ['me.com', null],
  ['aol.fr', null],
  ['hotmail.be', null],
  ['orange.com', null],
  ['orange.exemple.fr', null],
  ['exemple.fr', null],
  ['xn--exmple-4nf.fr', null],
  [`${'e'.repeat(200)}.fr`, null],
];

for (const [domain, suggestion] of cases) {
  test(`${domain.slice(0, 30)} → ${suggestion ?? 'nothing'}`, () => {
    assert.equal(suggestDomain(`camille@${domain}`), suggestion);
  });
}
