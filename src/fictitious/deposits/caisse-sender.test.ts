import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedCaisses } from '#src/caisses/reference.ts';
import { caisseAsSender } from '#src/fictitious/deposits/caisse-sender.ts';
import { senderCode } from '#src/senders/sender.ts';

test('each caisse is called as people call it', () => {
  const names = new Map(
    shippedCaisses.map((caisse) => {
      const { code, name } = caisseAsSender(caisse, { keys: [] });
      assert.equal(senderCode.parse(code), code);
      return [caisse.code, name];
    }),
  );
  for (const [code, name] of [
    ['631', 'CPAM du Puy-de-Dôme'],
    ['801', 'CPAM de la Somme'],
    ['451', 'CPAM du Loiret'],
    ['011', 'CPAM de l’Ain'],
    ['061', 'CPAM des Alpes-Maritimes'],
    ['281', 'CPAM d’Eure-et-Loir'],
    ['751', 'CPAM de Paris'],
    ['763', 'CPAM du Havre'],
    ['974', 'CGSS de La Réunion'],
  ] as const)
    assert.equal(names.get(code), name);
});
