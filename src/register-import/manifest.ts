import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** As `sha256sum` writes it, and as BSD does. */
const gnuLine = /^\\?([0-9a-f]{64}) [ *](.+)$/i;
const bsdLine = /^SHA256 \((.+)\) = ([0-9a-f]{64})$/i;

/**
 * The SHA-256 that a manifest (`sha256sum`) gives of a file: of the one with this name, whatever folder the manifest says,
 * or of the only one. Null where it has none.
 */
export function sha256In(manifest: string, name: string): string | null {
  const files = manifest.split(/\r?\n/).flatMap((line) => {
    const [, sum, gnuName] = gnuLine.exec(line.trim()) ?? [];
    const [, bsdName, bsdSum] = bsdLine.exec(line.trim()) ?? [];
    const [path, digest] = [gnuName ?? bsdName, sum ?? bsdSum];
    return path && digest ? [{ name: path.split(/[/\\]/).at(-1), digest: digest.toLowerCase() }] : [];
  });
  const named = files.find((file) => file.name === name);
  return (named ?? (files.length === 1 ? files[0] : undefined))?.digest ?? null;
}

/** An Ed25519 public key (PEM). Null for anything else, also for a private key, which has no business here. */
export function readSigner(pem: string): KeyObject | null {
  if (pem.includes('PRIVATE KEY')) return null;
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** Whether an Ed25519 signature, 64 bytes or their base64, is that of a manifest by the holder of this public key. */
export function isSignedBy(manifest: Buffer, signature: Buffer, publicKey: KeyObject): boolean {
  const raw = signature.length === 64 ? signature : Buffer.from(signature.toString('latin1'), 'base64');
  return verify(null, manifest, publicKey, raw);
}
