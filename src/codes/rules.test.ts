import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KnownChannel, knownChannels, lastInstant } from '#src/codes/rules.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { loadPolicy } from '#src/policy/load.ts';

const policy = loadPolicy('ameli-2025');
const all = { sms: true, letters: true };
const { line } = personNamed('sans-carte');
const bare = { ...line, knownMobile: null, knownEmail: null };

const names = (channels: readonly KnownChannel[]) => channels.map(({ channel }) => channel);

test('the channels are those that the register knows and the installation sends by', () => {
  assert.deepEqual(names(knownChannels(line, all)), ['sms', 'email', 'letter']);
  assert.deepEqual(names(knownChannels(line, { sms: false, letters: true })), ['email', 'letter']);
  assert.deepEqual(names(knownChannels(line, { sms: false, letters: false })), ['email']);
  assert.deepEqual(names(knownChannels(bare, all)), ['letter']);
  assert.deepEqual(names(knownChannels({ ...bare, address: [] }, all)), []);
});

for (const [knownMobile, masked] of [
  ['+33639980046', '06\u00a0••\u00a0••\u00a0••\u00a046'],
  ['06 50 56 42 78', '06\u00a0••\u00a0••\u00a0••\u00a078'],
  ['+33765432178', '07\u00a0••\u00a0••\u00a0••\u00a078'],
  ['+262692123456', '0692\u00a0••\u00a0••\u00a056'],
  ['+590690123456', '0690\u00a0••\u00a0••\u00a056'],
  ['+33123456789', null],
  ['+33899123456', null],
  ['+33836656565', null],
  ['+447911123456', null],
  ['+32470123456', null],
  ['+33', null],
  ['', null],
] as const)
  test(`${knownMobile || 'no number'} ${masked ? `is shown ${masked}` : 'gets no SMS'}`, () => {
    const found = knownChannels({ ...bare, knownMobile }, all).find(({ channel }) => channel === 'sms');
    assert.equal(found?.masked ?? null, masked);
  });

test('a number is dialled in E.164 with the code of its territory, and counted as it is dialled', () => {
  for (const [knownMobile, to] of [
    ['+33692123456', '+262692123456'],
    ['+330612345679', '+33612345679'],
    ['(+33) 6 12 34 56 79', '+33612345679'],
    ['+33690123456', '+590690123456'],
  ] as const) {
    const [sms] = knownChannels({ ...bare, knownMobile }, all);
    assert.deepEqual(sms && [sms.channel, sms.to, 'counted' in sms && sms.counted], ['sms', to, to]);
  }
});

for (const [knownEmail, masked] of [
  ['jeanne@exemple.fr', 'j•••••e@ex•••••.fr'],
  ['jo@e.fr', 'j•••••@•••••.fr'],
  ['not an address', null],
] as const)
  test(`${knownEmail} ${masked ? `is shown ${masked}` : 'gets no mail'}`, () => {
    const found = knownChannels({ ...bare, knownEmail }, all).find(({ channel }) => channel === 'email');
    assert.equal(found?.masked ?? null, masked);
  });

test('an address without a street line, or none, gets no letter; the town is masked', () => {
  const letter = (address: string[], postalCode = '75018') =>
    knownChannels({ ...bare, address, postalCode }, all)[0] ?? null;
  assert.equal(letter([]), null);
  assert.equal(letter(['75018 PARIS']), null);
  assert.equal(letter(['', '75018 PARIS', ' ']), null);
  const paris = letter(['Bâtiment C', '4 rue des Inventions', '75018 PARIS']);
  assert.equal(paris?.masked, '75018\u00a0P•••••');
  assert.equal(paris?.to, 'Théophile Marchenoir\nBâtiment C\n4 rue des Inventions\n75018 PARIS');
  assert.equal(letter(['12 Main Street', 'LONDON'], '99132')?.masked, '99132\u00a0L•••••');
});

test('a letter is addressed to the usage name', () => {
  const [letter] = knownChannels({ ...bare, usageName: 'Roussel' }, all);
  assert.match(letter?.to ?? '', /^Théophile Roussel\n/);
});

const sms: KnownChannel = { channel: 'sms', to: '+33639980046', counted: '', masked: '' };
const mail: KnownChannel = { channel: 'email', to: 'a@b.fr', counted: 'a@b.fr', masked: '' };
const near: KnownChannel = { channel: 'letter', to: '', masked: '', far: false };
const far: KnownChannel = { ...near, far: true };

for (const [name, to, at, until] of [
  ['an SMS', sms, '2026-03-02T09:00:00Z', '2026-03-02T09:10:00.000Z'],
  ['an e-mail', mail, '2026-03-28T12:00:00Z', '2026-03-29T12:00:00.000Z'],
  ['a letter', near, '2026-03-02T09:00:00Z', '2026-03-23T22:59:59.999Z'],
  ['a letter across the change to summer time', near, '2026-03-20T09:00:00Z', '2026-04-10T21:59:59.999Z'],
  ['a letter across the change to winter time', near, '2026-10-20T09:00:00Z', '2026-11-10T22:59:59.999Z'],
  ['a letter asked for late at night', near, '2026-03-02T22:59:59.999Z', '2026-03-23T22:59:59.999Z'],
  ['a letter asked for just after midnight', near, '2026-03-02T23:00:00Z', '2026-03-24T22:59:59.999Z'],
  ['a letter overseas', far, '2026-03-02T09:00:00Z', '2026-04-01T21:59:59.999Z'],
] as const)
  test(`${name} requested at ${at} is valid until ${until}`, () => {
    assert.equal(lastInstant(policy, to, new Date(at)).toISOString(), until);
  });
