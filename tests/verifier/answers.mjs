// Answers one question of verifier_cases each, in this verifier's own words.
import { createHash } from 'node:crypto';

import { parseSums } from './bundle.mjs';
import { bytesOf, decimal, fromBase64, textOf } from './encoding.mjs';
import { checkAbsence, checkCompleteness, checkPresence, parseCompleteness } from './directory.mjs';
import {
  checkConsistency, checkInclusion, leafHash, rootFromInclusion, rootOf,
} from './merkle.mjs';
import {
  cosignedAt, isSignedBy, openCheckpoint, parseHashes, parseKey, parseNote, parseProofFile,
} from './notes.mjs';
import { parsePolicy } from './policy.mjs';
import { parseTilePath, readEntries, readHashTile, tilePath, tilesOf } from './tiles.mjs';

const hash = (text) => Buffer.from(text, 'hex');
const hashes = (list) => list.map(hash);
const bytes = (text) => Buffer.from(text, 'base64');
const text = (base64) => textOf(bytes(base64));
const hex = (buffer) => buffer.toString('hex');
const digest = (data) => createHash('sha256').update(data).digest('hex');
const entry = (given) => given && {
  subject: text(given.subject), version: BigInt(given.version),
  lastPosition: BigInt(given.lastPosition), lastLeafHash: hash(given.lastLeafHash),
};
const inclusion = ({ index, size, path }) =>
  ({ index: BigInt(index), size: BigInt(size), path: hashes(path) });

// Each returns what it read, '' where that is nothing, or throws a Refusal.
export const answers = {
  inclusion(given) {
    checkInclusion(inclusion(given), hash(given.leaf), hash(given.root));
    return '';
  },
  rootFrom: (given) => hex(rootFromInclusion(inclusion(given), hash(given.leaf))),
  consistency({ oldSize, newSize, path, oldRoot, newRoot }) {
    const proof = { oldSize: BigInt(oldSize), newSize: BigInt(newSize), path: hashes(path) };
    checkConsistency(proof, hash(oldRoot), hash(newRoot));
    return '';
  },
  root: ({ leaves }) => hex(rootOf(leaves.map((leaf) => leafHash(bytes(leaf))))),

  key({ key }) {
    const { type, publicKey } = parseKey(text(key));
    return `${type} ${hex(publicKey)}`;
  },
  note({ note, key }) {
    const verifier = parseKey(text(key));
    const parsed = parseNote(text(note));
    const isSigned = isSignedBy(parsed, verifier);
    const base64 = bytesOf(parsed.text).toString('base64');
    return `${base64} ${parsed.signatures.length} ${isSigned ? 'signed' : 'unsigned'}`;
  },
  checkpoint({ note, key }) {
    const verifier = parseKey(text(key));
    const { size, root } = openCheckpoint(parseNote(text(note)), verifier);
    return `${size} ${hex(root)}`;
  },
  cosignature({ note, key }) {
    const verifier = parseKey(text(key));
    return String(cosignedAt(parseNote(text(note)), verifier) ?? 'never');
  },
  proof(given) {
    const key = parseKey(text(given.key));
    const { index, path, extra, note } = parseProofFile(text(given.proof));
    const { size, root } = openCheckpoint(note, key);
    checkInclusion({ index, size, path }, leafHash(bytes(given.leaf)), root);
    const told = extra === null ? 'plain' : `extra ${extra.toString('base64')}`;
    return `${index} of ${size} ${hex(root)} ${told}`;
  },
  policy(given) {
    const { logs, witnesses, isMetBy } = parsePolicy(text(given.policy));
    const isMet = isMetBy(new Set(given.cosigned.map(text)));
    return `${logs.length} logs ${witnesses.length} witnesses ${isMet ? 'met' : 'not met'}`;
  },

  tilePath({ path }) {
    const { level, index, width } = parseTilePath(text(path));
    return `${level} ${index} ${width}`;
  },
  tilesOf({ size }) {
    return digest(tilesOf(BigInt(size)).map((tile) => `${tilePath(tile)}\n`).join(''));
  },
  entries(given) {
    return digest(readEntries(bytes(given.bytes), Number(given.width)).map(digest).join(''));
  },
  hashTile(given) {
    return hex(readHashTile(bytes(given.bytes), Number(given.width)).at(-1));
  },

  presence(given) {
    const inBucket = inclusion(given);
    checkPresence(
      { entry: entry(given.entry), inBucket, bucketPath: hashes(given.bucketPath) },
      hash(given.root));
    return '';
  },
  absence(given) {
    checkAbsence(
      { subject: text(given.subject), entryHashes: hashes(given.entryHashes),
        before: entry(given.before), after: entry(given.after),
        bucketPath: hashes(given.bucketPath) },
      hash(given.root));
    return '';
  },
  completeness(given) {
    const completeness = parseCompleteness(text(given.text));
    checkCompleteness(completeness, hash(given.root));
    const { seal, size, subject, presence } = completeness;
    return `${seal} ${size} ${subject} ${presence ? presence.entry.version : 'absent'}`;
  },

  base64: (given) => hex(fromBase64(text(given.text))),
  decimal: (given) => String(decimal(text(given.text))),
  hashes: (given) => parseHashes(text(given.text)).map(hex).join(''),
  sums: (given) =>
    [...parseSums(text(given.text))].map(([path, sum]) => `${path} ${hex(sum)} `).join(''),
};
