import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileCode } from '#src/cli/error-text.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import { isSignedBy, readSigner, sha256In } from '#src/register-import/manifest.ts';

export interface ManifestOptions {
  /** By default the one beside the file, if there is one. */
  readonly manifest?: string;
  /** The public key (PEM, Ed25519) that must have signed the manifest, in a file beside it. */
  readonly signedBy?: string;
}

/** The SHA-256 that the manifest of a file gives; null where there is none. Throws `UnusableFile` when it is not right. */
export async function expectedSha256(
  path: string,
  { manifest, signedBy }: ManifestOptions,
): Promise<string | null> {
  const beside = path !== '-' && existsSync(`${path}.sha256`) ? `${path}.sha256` : null;
  const used = manifest ?? beside;
  if (used === null) {
    if (signedBy !== undefined)
      throw new UnusableFile(
        '--signed-by needs a manifest: name it with --manifest, or put it beside the file',
      );
    return null;
  }
  const text = await content(used, 'the manifest');
  if (signedBy !== undefined) {
    const key = readSigner((await content(signedBy, 'the public key')).toString('utf8'));
    if (key === null)
      throw new UnusableFile(
        `${basename(signedBy)} is not a public key (PEM, Ed25519): the signer makes one with openssl pkey -pubout`,
      );
    if (!isSignedBy(text, await content(`${used}.sig`, 'the signature of the manifest'), key))
      throw new UnusableFile(
        `the signature ${basename(used)}.sig is not that of the manifest by this key: have both sent again`,
      );
  }
  const sha256 = sha256In(text.toString('utf8'), basename(path));
  if (sha256 === null)
    throw new UnusableFile('the manifest has no SHA-256 of this file: write it with sha256sum');
  return sha256;
}

async function content(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = fileCode(error);
    throw new UnusableFile(`${what} cannot be read (${code}): ${basename(path)}`);
  }
}
