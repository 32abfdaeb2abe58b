import type { Keyring } from '#src/crypto/keyring.ts';
import { clientOf } from '#src/limits/client-address.ts';
import type { HashLane } from '#src/passwords/lane.ts';
import type { PageRequest } from '#src/web/page.ts';
import { passphraseRule } from '#src/workshop/accounts/passphrase.ts';
import type { Tries } from '#src/workshop/accounts/tries.ts';

export interface Judging {
  readonly keyring: Keyring;
  readonly passwords: HashLane;
  readonly tries: Tries;
}

interface Account {
  readonly id: string;
  readonly stored: string;
}

export type Judged =
  | { readonly kind: 'right'; readonly account: Account }
  | { readonly kind: 'wrong' | 'wait' | 'busy' };

/** Whether a typed passphrase is that of an account; an identifier that is nobody’s takes as long. */
export async function judgePassphrase(
  { keyring, passwords, tries }: Judging,
  { sender, now }: Pick<PageRequest, 'sender' | 'now'>,
  { identifier, passphrase }: { readonly identifier: string; readonly passphrase: string },
  accountOf: () => Account | null,
): Promise<Judged> {
  const counted = tries.begin(identifier, sender.ip, now);
  if (!counted) return { kind: 'wait' };
  const isPossible = passphrase !== '' && passphrase.length <= passphraseRule.maximum * 4;
  const account = isPossible ? accountOf() : null;
  const verified = await passwords.verify(account?.stored ?? null, isPossible ? passphrase : 'x', {
    nir: account?.id ?? '',
    client: clientOf({ keyring, unnamedShare: 10 }, sender.ip),
    ahead: false,
    signal: sender.leaving(),
  });
  const isRight = verified.ok && verified.value.matches && account !== null;
  if (!verified.ok || isRight) counted.takeBack();
  if (!verified.ok) return { kind: 'busy' };
  return isRight ? { kind: 'right', account } : { kind: 'wrong' };
}
