import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import publicList from 'big-list-of-naughty-strings/blns.json' with { type: 'json' };
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser } from '../reliability/browser.ts';
import type { Closing } from '../setting/database.ts';
import { openRoom, prepareClass, takeSeat } from '../workshop/room.ts';

const { join, seat, trainer: door, classes } = workshopPaths;

/** What each address says to nobody, to somebody with a seat, and to the trainer: a status, or where it sends them. */
const table: Readonly<Record<string, readonly (number | string)[]>> = {
  [join]: [200, seat, 200],
  [workshopPaths.opening]: [503, 404, 503],
  [seat]: [join, 200, join],
  [workshopPaths.seatMails]: [join, 200, join],
  [workshopPaths.seatSpam]: [join, 200, join],
  [workshopPaths.seatMail]: [join, 404, join],
  [workshopPaths.seatSms]: [join, 200, join],
  [workshopPaths.seatLetters]: [join, 200, join],
  [workshopPaths.seatLetter]: [join, 404, join],
  [workshopPaths.seatForged]: [join, 404, join],
  [workshopPaths.seatVerdict]: [join, 404, join],
  [workshopPaths.seatPapers]: [join, 200, join],
  [workshopPaths.franceConnect]: [join, 404, join],
  [door]: [200, 200, classes],
  // Of a permanent site alone: here they are no address of the workshop.
  [workshopPaths.invitation]: [join, join, join],
  [workshopPaths.trainerReturn]: [join, join, join],
  [workshopPaths.passphrase]: [join, join, join],
  [classes]: [door, door, 200],
  [workshopPaths.board]: [door, door, 200],
  [workshopPaths.boardData]: [401, 401, 200],
  [workshopPaths.boardSeat]: [door, door, 200],
  [workshopPaths.boardClock]: [door, door, 200],
  [workshopPaths.boardEnd]: [door, door, 200],
  [workshopPaths.boardIncident]: [door, door, 200],
  [workshopPaths.boardErase]: [door, door, 200],
  [workshopPaths.boardPapers]: [door, door, 200],
  [workshopPaths.boardPaper]: [door, door, 404],
  [workshopPaths.boardReport]: [door, door, 200],
  [workshopPaths.boardReportCsv]: [door, door, 200],
  [workshopPaths.template]: [door, door, 200],
  [workshopPaths.projector]: [door, door, 200],
};

/** Each form: who has it before them (1 the learner, 2 the trainer, 0 anybody), where it is shown, what it may hold. */
const forms: readonly (readonly [path: string, who: 0 | 1 | 2, fields: readonly string[]])[] = [
  [join, 0, ['code', 'prenom']],
  [seat, 1, ['main', 'appel']],
  [workshopPaths.seatLetters, 1, ['lettre']],
  [door, 0, ['pin', 'action']],
  [classes, 2, ['nom', 'scenario', 'niveau', 'politique', 'places', 'langue', 'action', 'classe']],
  [workshopPaths.board, 2, ['action', 'place', 'etape', 'duree', 'nombre', 'unite', 'incident']],
  [workshopPaths.boardPapers, 2, ['lieu', 'date', 'debut', 'fin']],
  [workshopPaths.template, 2, ['action', 'nom']],
];

/** What reaches somebody else when it is not written as text, and what breaks readers. */
const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus=alert(1) autofocus='",
  '\u202eelpmexe\u0000',
  '\ud800',
  'line\r\nSet-Cookie: a=b',
  '__proto__',
  '{{7*7}}#{7*7}',
  "'; drop table account; --",
  '9'.repeat(400),
  '-1',
  '../../../etc/passwd',
  'é'.repeat(20_000),
];
/** Of the public list, each form gets its part; all forms together get the whole list. */
const partOfList = 19;

test('who may see each address of a workshop, what its forms take, and how it answers', async (t) => {
  const room = await openRoom(t);
  const { trainer, board, code } = await prepareClass(room, { places: '8' });
  const { learner } = await takeSeat(room, code, 'Lucie');
  await trainer.get(board);
  await trainer.post(board, { action: 'garder' });
  const list = (await trainer.get(classes)).html;
  const template = /href="(\/atelier\/formateur\/modeles\/[^"]+)"/.exec(list)?.[1] ?? '';
  const id = board.split('/').at(-1) ?? '';
  const nobody = new Browser(room.origin);
  const people = [nobody, learner, trainer] as const;
  const addressOf = (path: string) =>
    (path === workshopPaths.template ? template : path)
      .replace(`${classes}/:id`, `${classes}/${id}`)
      .replace(':place', '1')
      .replace(':incident', 'link-dead')
      .replace(/:\w+/, 'rien');
  const others = Object.values(workshopPaths).filter((path) => path !== workshopPaths.boardLive);

  await t.test('every address is in the table', () => {
    assert.deepEqual(Object.keys(table).toSorted(), others.toSorted());
  });

  await t.test('each is answered as the table says, with the headers of every page', async () => {
    for (const [path, expected] of Object.entries(table))
      for (const [index, who] of people.entries()) {
        const { status, location, headers } = await who.get(addressOf(path));
        const what = `${path} for ${['nobody', 'a learner', 'the trainer'][index]}`;
        assert.equal(location?.replace(/\?.*/, '') ?? status, expected[index], what);
        assert.match(
          headers.get('content-security-policy') ?? '',
          /default-src 'none'.*frame-ancestors 'none'/,
          what,
        );
        assert.equal(headers.get('cache-control'), 'no-store', what);
        assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
        assert.equal(headers.get('referrer-policy'), 'same-origin', what);
      }
  });

  await t.test('a form of another page, of another site, or too large does nothing', async () => {
    const before = await dataOf(trainer, board);
    for (const [path, who] of forms) {
      const own = people[who];
      const url = addressOf(path);
      await own.get(who === 0 ? door : url);
      const fields = { main: 'levee', action: 'terminer', lettre: 'recu' };
      const stale = await own.post(url, fields, { csrf: 'vieux' });
      assert.equal(stale.status, 403, `stale ${path}`);
      await own.get(who === 0 ? door : url);
      const foreign = await own.post(url, fields, { headers: { origin: 'https://ailleurs.example' } });
      assert.equal(foreign.status, 403, `foreign ${path}`);
      await own.get(who === 0 ? door : url);
      const large = await own.post(url, { ...fields, nom: 'a'.repeat(70_000) });
      assert.equal(large.status, 413, `large ${path}`);
      for (const other of people) {
        if (who === 0 || other === own) continue;
        const { location } = await other.post(url, fields, { csrf: 'vieux' });
        assert.ok(location === join || location === door, `${path} by another: ${location}`);
      }
    }
    assert.deepEqual(await dataOf(trainer, board), before);
  });

  await t.test('a code is read the same, whatever invisible text comes with it', async () => {
    const middle = (text: string, sign: string) => `${text.slice(0, 2)}${sign}${text.slice(2)}`;
    const fullWidth = code.replace(/./g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    const alike = [
      ` ${code}\u3000`,
      middle(code, '\u200b'),
      middle(code, ' '),
      `\u202d${code}\u202c`,
      fullWidth,
    ];
    for (const typed of alike) await takeSeat(room, typed, 'Élodie\u00a0');
    for (const pin of [`${room.pin}\t`, middle(room.pin, '\u00a0'), middle(room.pin, '\u00ad')]) {
      await nobody.get(door);
      assert.equal((await nobody.post(door, { pin })).location, classes, JSON.stringify(pin));
      await nobody.get(classes);
      await nobody.post(door, { action: 'sortir' });
    }
  });

  await t.test('a learner who holds connections open keeps nobody out', async () => {
    await holdOpen(t, room.origin);
    assert.equal((await learner.get(seat)).status, 200);
    assert.equal((await trainer.get(board)).status, 200);
  });

  await t.test(
    'whatever is typed: never a failure, never markup; what nobody asked for changes nothing',
    async () => {
      let next = 0;
      for (const [path, who, names] of forms) {
        const own = people[who];
        const url = addressOf(path);
        await own.get(who === 0 ? door : url);
        const strings = [...hostile, ...publicList.slice(next, next + partOfList * names.length)];
        next += partOfList * names.length;
        for (let index = 0; index < hostile.length + partOfList; index += 1) {
          const at =
            index < hostile.length ? index : hostile.length + (index - hostile.length) * names.length;
          const text = strings[at] ?? '';
          const typed = names.map((name, place) => [name, strings[(at + place) % strings.length] ?? text]);
          const { status, html, headers } = await own.post(url, {
            ...Object.fromEntries(typed),
            inconnu: text,
          });
          const told = `${path} ${text.slice(0, 40)}`;
          assert.ok(status < 500, `${status} ${told}`);
          const bare = html.replaceAll(/="[^"<>]*"/g, '=""');
          assert.doesNotMatch(bare, /<script>alert|<img|<[^>]+\son\w+\s*=/i, told);
          assert.ok(!headers.getSetCookie().some((line) => line.startsWith('a=b')));
        }
      }
      const { html } = await trainer.get(board);
      assert.match(html, /1<\/span> Lucie/);
      assert.doesNotMatch(room.log.join(''), /onerror|passwd|Lucie/);
    },
  );
});

/** Connections that say nothing, and forms that stop after their first byte: more than one address may have. */
async function holdOpen(t: Closing, origin: string): Promise<void> {
  const { hostname: host, port } = new URL(origin);
  const form = 'content-type: application/x-www-form-urlencoded\r\ncontent-length: 99\r\n\r\nm';
  for (let index = 0; index < 260; index += 1) {
    const socket = connect({ host, port: Number(port) });
    socket.on('error', () => {});
    t.after(async () => {
      socket.destroy();
    });
    await once(socket, 'connect');
    if (index < 100) socket.write(`POST ${seat} HTTP/1.1\r\nhost: ${host}:${port}\r\n${form}`);
  }
}

/** The class as programs are told of it, but for its clock. */
async function dataOf(trainer: Browser, board: string): Promise<unknown> {
  const { horloge: _clock, ...data } = JSON.parse((await trainer.get(`${board}.json`)).html);
  return data;
}
