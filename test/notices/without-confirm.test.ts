import assert from 'node:assert/strict';
import { test } from 'node:test';
import PostalMime from 'postal-mime';
import { deliverNotice } from '#src/delivery/deliver.ts';
import { openMailTransport } from '#src/delivery/transport.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '../setting/application.ts';
import { smtpSink } from '../setting/notices.ts';
import { enrol } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const settings = { fromName: 'Votre Assurance Maladie', publicUrl: 'http://localhost:3000' };

for (const [domain, second] of [
  ['orange.fr', true],
  ['WANADOO.fr', true],
  ['exemple.fr', false],
  ['pas-orange.fr', false],
] as const)
  test(`${domain}: ${second ? 'the second sender, without the word' : 'as everybody'}`, async (t) => {
    const site = await testApp(t);
    const [first, other] = [await smtpSink(t), await smtpSink(t)];
    const open = (smtpUrl: string, from: string) => {
      const transport = openMailTransport({ ...settings, smtpUrl, from });
      t.after(() => transport.close());
      return transport;
    };
    const { db, keyring, clock, policy } = site.services;
    const delivering = {
      db,
      keyring,
      clock,
      policy,
      transport: open(first.url, 'a@example.fr'),
      secondTransport: open(other.url, 'b@autre.example.fr'),
      sms: null,
      publicUrl: settings.publicUrl,
      senderName: settings.fromName,
    };
    const deliver = async () => {
      const waiting = await db
        .selectFrom('notice')
        .select(['person_key', 'id'])
        .where('kind', 'like', 'activation%')
        .where('state', '=', 'queued')
        .execute();
      for (const { person_key, id } of waiting)
        await deliverNotice(delivering, { personKey: person_key.toString('hex'), id });
    };
    const visitor = new Visitor(site.app);
    await enrol(visitor, personNamed('venturi'), `venturi@${domain}`);
    await deliver();
    site.clock.advance(121_000);
    const { html } = await visitor.get(paths.waiting);
    await visitor.post(paths.waitingResend);
    await deliver();
    site.clock.advance(86_400_000);
    await runHousekeeping(site.services);
    await deliver();
    const [used, unused] = second ? [other, first] : [first, other];
    assert.deepEqual([used.messages.length, unused.messages.length], [3, 0]);
    const { subject = '' } = await PostalMime.parse(used.messages[0] ?? '');
    assert.ok(
      html.includes(`l’objet «\u00a0${subject}\u00a0»`),
      'the page that waits names the subject of this mail',
    );
    for (const message of used.messages) {
      const mail = await PostalMime.parse(message);
      const said = [
        mail.headers.map(({ key, value }) => `${key}: ${value}`).join('\n'),
        mail.subject,
        mail.text,
        mail.html,
        message,
      ].join('\n');
      assert.equal(/confirm/i.test(said), !second);
      assert.equal(mail.from?.address, second ? 'b@autre.example.fr' : 'a@example.fr');
      if (second) assert.match(mail.subject ?? '', /valid/i);
    }
  });
