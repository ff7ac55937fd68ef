// The stream directory of a seal, and completeness.json, which proves a stream's length from it.
import { bytesOf, corrupt, hashFromBase64, malformed, numberEnd, u16, u64 } from './encoding.mjs';
import {
  checkInclusion, leafHash, nodeHash, rootFromInclusion, rootOf, sha256,
} from './merkle.mjs';

const buckets = 65_536n;
export const bucketOf = (subject) => BigInt(sha256(bytesOf(subject)).readUInt16BE());

export function entryHash({ subject, version, lastPosition, lastLeafHash }) {
  const name = bytesOf(subject);
  if (name.length > 65_535) malformed("a stream's name that is too long");
  return leafHash(
    Buffer.concat([u16(name.length), name, u64(version), u64(lastPosition), lastLeafHash]));
}

function checkBucket(subject, bucketRoot, bucketPath, directoryRoot) {
  const proof = { index: bucketOf(subject), size: buckets, path: bucketPath };
  checkInclusion(proof, leafHash(bucketRoot), directoryRoot);
}

// inBucket: {index, size, path}.
export function checkPresence({ entry, inBucket, bucketPath }, directoryRoot) {
  const bucketRoot = rootFromInclusion(inBucket, entryHash(entry));
  checkBucket(entry.subject, bucketRoot, bucketPath, directoryRoot);
}

// The bucket's hashes stand side by side in the order of their subjects, so two neighbours leave no
// room for a third between them.
export function checkAbsence({ subject, entryHashes, before, after, bucketPath }, directoryRoot) {
  const name = bytesOf(subject);
  const order = (neighbour) => Buffer.compare(bytesOf(neighbour.subject), name);
  if (before && order(before) >= 0) malformed('before is not before');
  if (after && order(after) <= 0) malformed('after is not after');
  for (const neighbour of [before, after]) {
    if (neighbour && bucketOf(neighbour.subject) !== bucketOf(subject)) {
      malformed('a neighbour in another bucket');
    }
  }
  // Where the subject would stand: behind `before`, or first.
  let place = 0;
  if (before) {
    const hash = entryHash(before);
    place = entryHashes.findIndex((each) => each.equals(hash)) + 1;
    if (place === 0) corrupt('before is not in the bucket');
  }
  const isLast = place === entryHashes.length;
  if (isLast !== (after === null)) malformed('a neighbour is missing, or one too many');
  if (after && !entryHashes[place].equals(entryHash(after))) corrupt('after is not next');
  checkBucket(subject, rootOf(entryHashes), bucketPath, directoryRoot);
}

// --- completeness.json -----------------------------------------------------------------------

// The part of JSON that canonical texts of ours are made of: no blanks, no escapes, whole numbers.
function parseJson(text) {
  let at = 0;
  const take = (expected) => {
    if (!text.startsWith(expected, at)) malformed(`JSON: no ${expected} at ${at}`);
    at += expected.length;
  };
  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) malformed(`JSON: not readable at ${at}`);
    at += found[0].length;
    return found;
  };
  const list = (end, one) => {
    const all = [];
    at += 1;
    while (text[at] !== end) {
      if (all.length > 0) take(',');
      all.push(one());
    }
    at += 1;
    return all;
  };
  const string = () => match(/"([^"\\\0-\x1f]*)"/y)[1];
  const value = () => {
    if (text[at] === '{') {
      return new Map(list('}', () => {
        const name = string();
        take(':');
        return [name, value()];
      }));
    }
    if (text[at] === '[') return list(']', value);
    if (text[at] === '"') return string();
    if (text[at] === 'n') return take('null'), null;
    return BigInt(match(/0|[1-9][0-9]{0,18}/y)[0]);
  };
  const result = value();
  if (at !== text.length) malformed('JSON: more than one value');
  return result;
}

function printJson(value) {
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`;
  const names = [...value.keys()].sort();
  return `{${names.map((name) => `"${name}":${printJson(value.get(name))}`).join(',')}}`;
}

function members(value, names) {
  if (!(value instanceof Map) || value.size !== names.length) malformed('other members');
  return names.map((name) => (value.has(name) ? value.get(name) : malformed(`no ${name}`)));
}
function number(value) {
  if (typeof value !== 'bigint' || value >= numberEnd) malformed('no number');
  return value;
}
function subjectName(value) {
  if (typeof value !== 'string' || !/^[A-Za-z0-9._/-]{1,256}$/.test(value)) malformed('no subject');
  return value;
}
function hash(value) {
  return typeof value === 'string' ? hashFromBase64(value) : malformed('no hash');
}
function hashes(value) {
  return Array.isArray(value) ? value.map(hash) : malformed('no list of hashes');
}

const entryNames = ['subject', 'version', 'lastPosition', 'lastLeafHash'];
function entry([subject, version, lastPosition, lastLeafHash]) {
  return { subject: subjectName(subject), version: number(version),
    lastPosition: number(lastPosition), lastLeafHash: hash(lastLeafHash) };
}
const neighbour = (value) => (value === null ? null : entry(members(value, entryNames)));

function side(value) {
  if (!(value instanceof Map) || value.size !== 1) malformed('a step without its side');
  const [[name, text]] = value;
  if (name !== 'left' && name !== 'right') malformed('a step without its side');
  return { isLeft: name === 'left', hash: hash(text) };
}

function presenceIn(json) {
  const names = ['format', 'seal', 'size', ...entryNames, 'entryPath', 'bucketPath'];
  const [, , , ...rest] = members(json, names);
  const steps = rest[4];
  if (!Array.isArray(steps) || steps.length > 62) malformed('no path in the bucket');
  const presence = { entry: entry(rest.slice(0, 4)), steps: steps.map(side),
    bucketPath: hashes(rest[5]) };
  if (presence.entry.version === 0n) malformed('a stream of no events');
  return presence;
}

function absenceIn(json) {
  const names = [
    'format', 'seal', 'size', 'subject', 'entryHashes', 'before', 'after', 'bucketPath',
  ];
  const [, , , subject, all, before, after, path] = members(json, names);
  return { subject: subjectName(subject), entryHashes: hashes(all), before: neighbour(before),
    after: neighbour(after), bucketPath: hashes(path) };
}

export function parseCompleteness(text) {
  if (!text.endsWith('\n')) malformed('no line feed at its end');
  const json = parseJson(text.slice(0, -1));
  if (`${printJson(json)}\n` !== text) malformed('not in its canonical form');
  if (!(json instanceof Map) || json.get('format') !== 'liggare/completeness/v1') {
    malformed('another format');
  }
  const isAbsence = json.has('entryHashes');
  const proof = isAbsence ? absenceIn(json) : presenceIn(json);
  return { seal: number(json.get('seal') ?? malformed('no seal')),
    size: number(json.get('size') ?? malformed('no size')),
    subject: isAbsence ? proof.subject : proof.entry.subject,
    presence: isAbsence ? null : proof, absence: isAbsence ? proof : null };
}

export function checkCompleteness({ presence, absence }, directoryRoot) {
  if (absence) return checkAbsence(absence, directoryRoot);
  const fold = (at, step) => (step.isLeft ? nodeHash(step.hash, at) : nodeHash(at, step.hash));
  const bucketRoot = presence.steps.reduce(fold, entryHash(presence.entry));
  checkBucket(presence.entry.subject, bucketRoot, presence.bucketPath, directoryRoot);
}
