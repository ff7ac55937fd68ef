// Signed notes, verifier keys, checkpoints, cosignatures and proof files, as C2SP describes them.
import { createPublicKey, verify } from 'node:crypto';

import {
  bytesOf, corrupt, decimal, fromBase64, hashFromBase64, isValidUtf8, lines, malformed, numberEnd,
  textOf,
} from './encoding.mjs';
import { sha256 } from './merkle.mjs';

export const ed25519 = 1;
export const cosignatureV1 = 4;

const hasControl = (text) => /[\0-\x09\x0b-\x1f]/.test(text);

function isKeyName(name) {
  if (name === '' || name.includes('+') || name.includes('\n') || hasControl(name)) return false;
  return isValidUtf8(name) && !/\p{White_Space}/u.test(bytesOf(name).toString('utf8'));
}

const keyId = (name, typed) => sha256(bytesOf(`${name}\n`), typed).subarray(0, 4).toString('hex');

// "name+hex8(id)+base64(type ‖ public key)"
export function parseKey(text) {
  const parts = /^([^+]*)\+([0-9a-f]{8})\+([\s\S]*)$/.exec(text);
  if (!parts) malformed('no verifier key');
  const [, name, id, encoded] = parts;
  if (!isKeyName(name)) malformed("a key's name that is none");
  const typed = fromBase64(encoded);
  if (typed.length !== 33) malformed('a key of another length than 32 bytes');
  const type = typed[0];
  if (type !== ed25519 && type !== cosignatureV1) malformed('an unknown type of key');
  if (keyId(name, typed) !== id) malformed("an id that is not the key's");
  return { name, id, type, publicKey: typed.subarray(1) };
}

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function holds(key, message, signature) {
  if (signature.length !== 64) return false;
  const der = Buffer.concat([spkiPrefix, key.publicKey]);
  const spki = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, message, spki, signature);
}

const dash = textOf(Buffer.from('— ', 'utf8'));

function parseSignature(line) {
  if (!line.startsWith(dash)) malformed('no signature line');
  const rest = line.slice(dash.length);
  const space = rest.indexOf(' ');
  if (space < 0) malformed('a signature line without a signature');
  const name = rest.slice(0, space);
  if (!isKeyName(name)) malformed("a signer's name that is none");
  const bytes = fromBase64(rest.slice(space + 1));
  if (bytes.length < 5) malformed('a signature shorter than a key id');
  return { name, id: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) };
}

// The text ends where the last empty line begins.
export function parseNote(note) {
  if (note.length > 1_000_000) malformed('a note that is too long');
  if (!isValidUtf8(note) || hasControl(note)) malformed('a note of other than plain UTF-8');
  const split = note.lastIndexOf('\n\n');
  if (split < 0) malformed('a note without an empty line');
  const signatures = lines(note.slice(split + 2));
  if (signatures.length === 0) malformed('a note without signatures');
  if (signatures.length > 100) malformed('a note of too many signatures');
  return { text: note.slice(0, split + 1), signatures: signatures.map(parseSignature) };
}

const signaturesOf = (note, key) =>
  note.signatures.filter(({ name, id }) => name === key.name && id === key.id);

// Whether the note carries the key's signature; one that is bad refuses the note.
export function isSignedBy(note, key) {
  if (key.type !== ed25519) malformed('a key of another type');
  const signatures = signaturesOf(note, key);
  for (const { bytes } of signatures) {
    if (!holds(key, bytesOf(note.text), bytes)) corrupt('a bad signature');
  }
  return signatures.length > 0;
}

export function parseCheckpoint(text) {
  const all = lines(text);
  if (all.length !== 3) malformed('a checkpoint of other than three lines');
  const [origin, size, root] = all;
  if (origin === '') malformed('a checkpoint without origin');
  return { origin, size: decimal(size), root: hashFromBase64(root) };
}

// The text says nothing before it is known who signed it.
export function openCheckpoint(note, key) {
  if (!isSignedBy(note, key)) malformed('not signed by the key');
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== key.name) malformed("another log's checkpoint");
  return checkpoint;
}

// POSIX seconds of the latest cosignature of the witness; null where there is none.
export function cosignedAt(note, witness) {
  if (witness.type !== cosignatureV1) malformed('a key of another type');
  let latest = null;
  for (const { bytes } of signaturesOf(note, witness)) {
    if (bytes.length !== 72) corrupt('a cosignature of another length');
    const time = bytes.readBigUInt64BE();
    if (time >= numberEnd) corrupt('a time of 2^63 or more');
    const message = `cosignature/v1\ntime ${time}\n${note.text}`;
    if (!holds(witness, bytesOf(message), bytes.subarray(8))) corrupt('a bad cosignature');
    if (latest === null || time > latest) latest = time;
  }
  return latest;
}

export const parseHashes = (text) => lines(text).map(hashFromBase64);

export function parseProofFile(text) {
  const end = text.indexOf('\n\n');
  if (end < 0) malformed('no empty line before the checkpoint');
  const head = lines(text.slice(0, end + 1));
  if (head.shift() !== 'c2sp.org/tlog-proof@v1') malformed('no tlog-proof');
  let extra = null;
  if (head[0]?.startsWith('extra ')) extra = fromBase64(head.shift().slice('extra '.length));
  const line = head.shift();
  if (!line?.startsWith('index ')) malformed('no index');
  const index = decimal(line.slice('index '.length));
  if (head.length > 64) malformed('a path that is too long');
  const path = head.map(hashFromBase64);
  const checkpoint = text.slice(end + 2);
  return { extra, index, path, checkpoint, note: parseNote(checkpoint) };
}
