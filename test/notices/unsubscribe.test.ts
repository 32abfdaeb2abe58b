import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '../setting/application.ts';
import { postOffice } from '../setting/notices.ts';
import { enrol } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');
const day = 86_400_000;

/** Somebody who was reminded once: the address of the header. */
async function reminded(t: TestContext) {
  const site = await testApp(t);
  const post = await postOffice(t, site);
  const visitor = new Visitor(site.app);
  await enrol(visitor, venturi, 'venturi@exemple.fr');
  await post.deliverAll();
  site.clock.advance(day + 60_000);
  await runHousekeeping(site.services);
  await post.deliverAll();
  const text = (post.sink.messages.at(-1) ?? '').replace(/\r\n[ \t]+/g, ' ');
  const link = /^List-Unsubscribe: <http:\/\/localhost:3000(\/[^>]+)>/m.exec(text)?.[1] ?? '';
  const others = post.sink.messages.slice(0, -1);
  const remindAgain = async () => {
    site.clock.advance(7 * day);
    await runHousekeeping(site.services);
    const reminders = site.services.db
      .selectFrom('notice')
      .select('id')
      .where('kind', '=', 'activation-reminder');
    return (await reminders.execute()).length;
  };
  return { site, link, text, others, remindAgain };
}

test('a reminder can be refused on its page, without script, and the rest still comes', async (t) => {
  const { site, link, text, others, remindAgain } = await reminded(t);
  assert.match(text, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  for (const other of others)
    assert.doesNotMatch(other, /^List-Unsubscribe/m, 'service mails cannot be refused');
  assert.equal(link.includes('venturi'), false);
  const mailbox = new Visitor(site.app);
  const page = await mailbox.get(link);
  assert.match(page.html, /Ne plus recevoir de rappels/);
  assert.equal((await mailbox.get(link)).html.includes('C’est noté'), false, 'looking changes nothing');
  assert.equal((await mailbox.post(`${link}/arreter`)).location, link);
  assert.match((await mailbox.get(link)).html, /C’est noté/);
  assert.equal(await remindAgain(), 1);
});

const boundary = '--b';
const multipart = `${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n${boundary}--\r\n`;

for (const [type, payload] of [
  ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
  ['multipart/form-data; boundary=b', multipart],
] as const)
  test(`one click of a mail provider, as ${type}`, async (t) => {
    const { site, link, remindAgain } = await reminded(t);
    const click = (url: string, body: string, headers: Record<string, string> = {}) =>
      site.app.inject({
        method: 'POST',
        url,
        payload: body,
        headers: { host: 'localhost', 'content-type': type, ...headers },
      });
    assert.equal((await click(link, payload.replace('One-Click', 'Later'))).statusCode, 400);
    assert.equal((await click(`${link.slice(0, -2)}AA`, payload)).statusCode, 404);
    assert.equal((await click(`${paths.unsubscribe.replace(':token', 'x')}`, payload)).statusCode, 404);
    assert.equal((await site.services.db.selectFrom('reminder_refusal').selectAll().execute()).length, 0);
    const from = { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' };
    for (let i = 0; i < 2; i++) assert.equal((await click(link, payload, from)).statusCode, 200);
    assert.equal(await remindAgain(), 1);
  });
