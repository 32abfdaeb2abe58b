import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { clean } from '#src/texts/clean.ts';

/** How the address of an envelope is named, under every key version, the current one first: without the name. */
export function addressKeys(keyring: Keyring, envelope: string): readonly Buffer[] {
  const [, ...lines] = envelope.split('\n');
  const address = lines.map((line) => clean(line).toUpperCase()).filter(Boolean);
  return keyring.versions.map((version) =>
    fingerprintWith(keyring, version, 'letter-address', address.join('\n')),
  );
}

/**
 * Whether the address of an envelope is one of those from which a letter to the person came back («NPAI»): none goes
 * there again, until the register knows another address. `envelope`: as in the notice, the name first.
 */
export function isAmong(keyring: Keyring, cameBack: readonly Buffer[], envelope: string): boolean {
  return addressKeys(keyring, envelope).some((key) => cameBack.some((one) => one.equals(key)));
}
