import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { composeSms } from '#src/delivery/sms/compose.ts';
import { openSmsTray } from '#src/demo/trays/sms-tray.ts';
import { languages } from '#src/texts/language.ts';

const context = {
  serviceName: 'compte ameli',
  telephone: '3646',
  disputePage: 'localhost:3000/ce-n-est-pas-moi',
  codePage: 'localhost:3000/code-provisoire',
  happenedAt: new Date('2026-03-02T13:05:00Z'),
};

const content = {
  number: '+33639980001',
  code: '04215678',
  until: '2026-03-02T13:15:00Z',
  dispute: 'H4R7W2NKT93C',
  disputeUntil: '2026-03-12T22:59:59.999Z',
};

test('the code that an SMS gives is listed with it, whatever it is for', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sms-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const tray = openSmsTray(folder);
  const expected = [
    ['provisional-code-sms', content.code],
    ['account-created-sms', content.dispute],
    ['letter-unused-sms', null],
    ['account-frozen-sms', null],
  ] as const;
  for (const language of languages)
    for (const [kind, code] of expected) {
      const text = composeSms({ kind, content }, language, context);
      const id = await tray.keep(
        { to: content.number, text, reference: `${kind} ${language}` },
        context.happenedAt,
      );
      assert.equal(tray.find(id)?.code, code, text);
    }
});
