// Opens one sealed section with its own key (evidence, section 2). No key but that is needed.
import { createDecipheriv, createHmac } from 'node:crypto';

import { bytesOf, u16 } from './encoding.mjs';

// HKDF-Expand to 32 bytes (RFC 5869, 2.3): one block.
const expand = (key, info) =>
  createHmac('sha256', key).update(info).update(Buffer.from([1])).digest();

const rotate = (word, bits) => (word << bits) | (word >>> (32 - bits));

function quarterRound(x, a, b, c, d) {
  x[a] += x[b]; x[d] = rotate(x[d] ^ x[a], 16);
  x[c] += x[d]; x[b] = rotate(x[b] ^ x[c], 12);
  x[a] += x[b]; x[d] = rotate(x[d] ^ x[a], 8);
  x[c] += x[d]; x[b] = rotate(x[b] ^ x[c], 7);
}

// HChaCha20 (draft-irtf-cfrg-xchacha, 2.2): the key that XChaCha20 uses under a nonce's first 16
// bytes.
function hChaCha20(key, nonce) {
  const input = Buffer.concat([Buffer.from('expand 32-byte k'), key, nonce]);
  const x = Uint32Array.from({ length: 16 }, (_, i) => input.readUInt32LE(4 * i));
  for (let i = 0; i < 10; ++i) {
    quarterRound(x, 0, 4, 8, 12);
    quarterRound(x, 1, 5, 9, 13);
    quarterRound(x, 2, 6, 10, 14);
    quarterRound(x, 3, 7, 11, 15);
    quarterRound(x, 0, 5, 10, 15);
    quarterRound(x, 1, 6, 11, 12);
    quarterRound(x, 2, 7, 8, 13);
    quarterRound(x, 3, 4, 9, 14);
  }
  const out = Buffer.alloc(32);
  [0, 1, 2, 3, 12, 13, 14, 15].forEach((word, i) => out.writeUInt32LE(x[word], 4 * i));
  return out;
}

// XChaCha20-Poly1305 under the nonce of 24 zeros; null where it is not authentic.
function decrypt(key, associatedData, ciphertext) {
  if (ciphertext.length < 16) return null;
  const decipher = createDecipheriv('chacha20-poly1305', hChaCha20(key, Buffer.alloc(16)),
    Buffer.alloc(12), { authTagLength: 16 });
  decipher.setAAD(associatedData, { plaintextLength: ciphertext.length - 16 });
  decipher.setAuthTag(ciphertext.subarray(-16));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(0, -16)), decipher.final()]);
  } catch {
    return null;
  }
}

function paddedLength(length) {
  for (const size of [64, 128, 256, 512]) if (length < size) return size;
  return Math.ceil((length + 1) / 1024) * 1024;
}

function unpad(padded) {
  let end = padded.length;
  while (end > 0 && padded[end - 1] === 0) --end;
  if (end === 0 || padded[end - 1] !== 0x80) return null;
  return paddedLength(end - 1) === padded.length ? padded.subarray(0, end - 1) : null;
}

// The text's bytes; null where the key does not open the section in this event.
export function openSection(key, { id, subject, type, effective }, section) {
  const context = [id, subject, type, effective, section.personalClass].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [u16(bytes.length), bytes];
  });
  const bound = Buffer.concat([bytesOf('liggare/section/v1\0'), ...context]);
  if (!expand(key, bytesOf('liggare/commit/v1')).equals(section.commitment)) return null;
  const padded = decrypt(expand(key, bytesOf('liggare/aead/v1')), bound, section.ciphertext);
  return padded && unpad(padded);
}
