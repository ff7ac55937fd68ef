// Bytes, numbers and refusals: what the other files of this verifier read everything with.
//
// Texts are latin1 strings, one character a byte: nothing is decoded and changed on the way.
import { isUtf8 } from 'node:buffer';

// kind: 'malformed' (no evidence, for or against) or 'corrupt' (evidence against).
export class Refusal extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}
export function malformed(why) {
  throw new Refusal('malformed', why);
}
export function corrupt(why) {
  throw new Refusal('corrupt', why);
}

export const bytesOf = (text) => Buffer.from(text, 'latin1');
export const textOf = (bytes) => Buffer.from(bytes).toString('latin1');
export const isValidUtf8 = (text) => isUtf8(bytesOf(text));

// Standard base64 with padding, and only the one spelling that an encoder gives.
export function fromBase64(text) {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) malformed('not base64 in its only spelling');
  return bytes;
}

export function hashFromBase64(text) {
  const bytes = fromBase64(text);
  if (bytes.length !== 32) malformed('a hash of another length than 32 bytes');
  return bytes;
}

export const numberEnd = 2n ** 63n;

export function decimal(text) {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) malformed('no decimal number');
  const number = BigInt(text);
  if (number >= numberEnd) malformed('a number of 2^63 or more');
  return number;
}

// The lines of a text that ends each of them with a line feed.
export function lines(text) {
  if (text === '') return [];
  if (!text.endsWith('\n')) malformed('no line feed at its end');
  return text.slice(0, -1).split('\n');
}

export function u16(number) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number);
  return bytes;
}
export function u64(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(number);
  return bytes;
}
