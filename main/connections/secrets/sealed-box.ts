import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** AES-256-GCM: what is sealed under one name opens only under that name, with that key, and unchanged. */
export const sealedBox = z.strictObject({ nonce: z.base64(), tag: z.base64(), text: z.base64() });
export type SealedBox = z.infer<typeof sealedBox>;

const cipher = 'aes-256-gcm';
const tagBytes = 16;

export function createKey(): string {
  return randomBytes(32).toString('base64');
}

/** @param key As `createKey` makes it. */
export function seal(key: string, name: string, text: string): SealedBox {
  // A new nonce each time: with one used twice the key could be worked out.
  const nonce = randomBytes(12);
  const sealing = createCipheriv(cipher, Buffer.from(key, 'base64'), nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return { nonce: nonce.toString('base64'), tag: sealing.getAuthTag().toString('base64'), text: sealed.toString('base64') };
}

/** @throws Error where the key or the name is another one, or the box was changed. */
export function open(key: string, name: string, box: SealedBox): string {
  const opening = createDecipheriv(cipher, Buffer.from(key, 'base64'), Buffer.from(box.nonce, 'base64'), { authTagLength: tagBytes })
    .setAAD(Buffer.from(name))
    .setAuthTag(Buffer.from(box.tag, 'base64'));
  return Buffer.concat([opening.update(Buffer.from(box.text, 'base64')), opening.final()]).toString('utf8');
}
