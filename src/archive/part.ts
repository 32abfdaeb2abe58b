import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';

/** How many bytes of a document one row holds. */
export const partBytes = 192 * 1024;

function place(personKey: Buffer, id: string): Place {
  return { table: 'document_part', column: 'content', row: [personKey, id] };
}

export function sealPart(keyring: Keyring, personKey: Buffer, id: string, bytes: Buffer): Buffer {
  return seal(keyring, place(personKey, id), bytes.toString('base64'));
}

export function openPart(keyring: Keyring, personKey: Buffer, id: string, sealed: Buffer): Buffer {
  return Buffer.from(z.string().parse(unseal(keyring, place(personKey, id), sealed)), 'base64');
}
