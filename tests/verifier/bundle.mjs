// A bundle of one stream (docs/bundles.md): its files, its proofs, and that no event is missing.
import { checkCompleteness, parseCompleteness } from './directory.mjs';
import { corrupt, decimal, lines, malformed, textOf } from './encoding.mjs';
import { checkInclusion, leafHash, sha256 } from './merkle.mjs';
import { parseProofFile } from './notes.mjs';
import { readRecord } from './record.mjs';
import { openSection } from './section.mjs';

const isName = (name) => /^[A-Za-z0-9._-]+$/.test(name) && name !== '.' && name !== '..';

export function parseSums(text) {
  const sums = new Map();
  let last = '';
  for (const line of lines(text)) {
    const parts = /^([0-9a-f]{64}) {2}(.+)$/s.exec(line) ?? malformed('SHA256SUMS: no such line');
    const [, hash, path] = parts;
    if (!path.split('/').every(isName) || path === 'SHA256SUMS') malformed('SHA256SUMS: no path');
    if (path <= last) malformed('SHA256SUMS: not in byte order');
    last = path;
    sums.set(path, Buffer.from(hash, 'hex'));
  }
  return sums;
}

function checkSums(files) {
  const sums = parseSums(textOf(file(files, 'SHA256SUMS')));
  for (const [path, bytes] of files) {
    if (path === 'SHA256SUMS') continue;
    const sum = sums.get(path) ?? corrupt(`${path}: not listed in SHA256SUMS`);
    if (!sha256(bytes).equals(sum)) corrupt(`${path}: another file than SHA256SUMS lists`);
  }
  for (const path of sums.keys()) if (!files.has(path)) corrupt(`${path}: listed, and gone`);
}

const file = (files, path) => files.get(path) ?? malformed(`${path}: missing`);

const known = new Set(['README.txt', 'SHA256SUMS', 'answer.json', 'checkpoint',
  'completeness.json', 'disclosed.ndjson', 'events.ndjson', 'seal.leaf', 'seal.tlog-proof']);

// Of "leaves/7.leaf" and "proofs/7.tlog-proof"; null for any other path.
function positionIn(path, folder, suffix) {
  if (!path.startsWith(`${folder}/`) || !path.endsWith(suffix)) return null;
  const name = path.slice(folder.length + 1, -suffix.length);
  return /^(0|[1-9][0-9]*)$/.test(name) ? decimal(name) : null;
}

function checkNames(files) {
  for (const path of files.keys()) {
    const isKnown = known.has(path) || /^schema\/[A-Za-z0-9._-]+\.capnp$/.test(path) ||
      positionIn(path, 'leaves', '.leaf') !== null ||
      positionIn(path, 'proofs', '.tlog-proof') !== null;
    if (!isKnown) malformed(`${path}: no bundle has such a file`);
  }
}

// The leaf's record, proven to stand at `position` of the bundle's own checkpoint.
function prove(files, leafPath, proofPath, position, head) {
  const leaf = file(files, leafPath);
  const { index, path, extra, checkpoint } = parseProofFile(textOf(file(files, proofPath)));
  if (checkpoint !== textOf(file(files, 'checkpoint'))) {
    corrupt(`${proofPath}: rests on another checkpoint`);
  }
  if (extra !== null) malformed(`${proofPath}: extra data`);
  if (index !== position) corrupt(`${proofPath}: of another position`);
  const hash = leafHash(leaf);
  checkInclusion({ index, size: head.size, path }, hash, head.root);
  return { position, hash, ...readRecord(leaf) };
}

function proveLeaves(files, head) {
  const events = [];
  for (const path of files.keys()) {
    const position = positionIn(path, 'leaves', '.leaf');
    if (position !== null) {
      events.push(prove(files, path, `proofs/${position}.tlog-proof`, position, head));
    }
    const proven = positionIn(path, 'proofs', '.tlog-proof');
    if (proven !== null) file(files, `leaves/${proven}.leaf`);
  }
  return events.sort((left, right) => (left.position < right.position ? -1 : 1));
}

function checkSeal(seal, completeness) {
  const { envelope, data } = seal;
  if (envelope.type !== 'ledger.sealed' || envelope.subject !== 'ledger/main') {
    corrupt('seal.leaf: no seal');
  }
  if (!/^[0-9a-f]{64}$/.test(data.directoryRoot ?? '')) corrupt('seal.leaf: no root');
  if (data.size > seal.position) corrupt('seal.leaf: covers what came after it');
  if (data.size !== completeness.size) corrupt('completeness.json: the seal covers another size');
  checkCompleteness(completeness, Buffer.from(data.directoryRoot, 'hex'));
}

function checkStream(events, { subject, size, presence }) {
  events.forEach(({ position, envelope, version }, i) => {
    if (envelope.subject !== subject) corrupt(`leaves/${position}.leaf: of another stream`);
    if (version !== BigInt(i + 1)) corrupt(`leaves/${position}.leaf: another version`);
  });
  const sealed = events.filter(({ position }) => position < size);
  const counted = presence ? presence.entry.version : 0n;
  if (BigInt(sealed.length) !== counted) corrupt('leaves: another number than the seal counts');
  if (!presence) return;
  const last = sealed.at(-1);
  if (last.position !== presence.entry.lastPosition ||
      !last.hash.equals(presence.entry.lastLeafHash)) {
    corrupt('leaves: another last event than the seal names');
  }
}

function expectedEnvelope({ position, envelope, version }) {
  return { specversion: '1.0', ...envelope, sequence: String(position).padStart(20, '0'),
    streamversion: Number(version) };
}

// The data's own members are not compared: that takes the whole schema.
function checkLine(text, event, place) {
  let json;
  try {
    json = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'));
  } catch {
    corrupt(`${place}: no JSON`);
  }
  const { data, ...envelope } = json;
  const sorted = (members) => JSON.stringify(Object.entries(members).sort());
  if (sorted(envelope) !== sorted(expectedEnvelope(event))) corrupt(`${place}: not as its leaf`);
  const personal = data?.personal ? Object.keys(data.personal).sort() : null;
  const sealed = event.personal && [...event.personal].sort();
  if (JSON.stringify(personal) !== JSON.stringify(sealed)) corrupt(`${place}: not as its leaf`);
}

function checkText(files, events) {
  const text = textOf(file(files, 'events.ndjson'));
  if (text !== '' && !text.endsWith('\n')) corrupt('events.ndjson: its last line is cut');
  const all = lines(text);
  if (all.length !== events.length) corrupt('events.ndjson: another number of events');
  all.forEach((line, i) => checkLine(line, events[i], `events.ndjson line ${i + 1}`));
}

function checkAnswer(files, events) {
  const answer = files.get('answer.json');
  if (!answer) return;
  const digest = sha256(answer).toString('hex');
  if (!events.some(({ data }) => data.digest === digest)) corrupt('answer.json: not as published');
}

const disclosedLine =
  /^\{"position":(0|[1-9][0-9]*),"class":"([a-z]+)","key":"([A-Za-z0-9+/=]{44})","clear":(\{.*\})\}$/s;
const classOrder = ['identity', 'ordinary', 'social', 'health', 'offence'];

// Whatever is wrong with it, it is not what the leaves and the keys give.
function checkDisclosedLine(line, events, last, place) {
  const [, position, personalClass, key, clear] =
    disclosedLine.exec(line) ?? corrupt(`${place}: not a disclosed section`);
  const keyBytes = Buffer.from(key, 'base64');
  if (keyBytes.length !== 32 || keyBytes.toString('base64') !== key) corrupt(`${place}: no key`);
  const at = [BigInt(position), classOrder.indexOf(personalClass)];
  if (at[1] < 0) corrupt(`${place}: no such class`);
  if (last && (at[0] < last[0] || (at[0] === last[0] && at[1] <= last[1]))) {
    corrupt(`${place}: twice, or out of order`);
  }
  const event = events.find((each) => BigInt(each.position) === at[0]);
  const section = event?.sections.find((each) => each.personalClass === personalClass) ??
    corrupt(`${place}: no such section`);
  const opened = openSection(keyBytes, event.envelope, section);
  if (opened === null) corrupt(`${place}: the key does not open it`);
  if (textOf(opened) !== clear) corrupt(`${place}: the section holds something else`);
  return at;
}

function checkDisclosed(files, events) {
  const disclosed = files.get('disclosed.ndjson');
  if (!disclosed) return 0;
  const text = textOf(disclosed);
  if (!text.endsWith('\n')) corrupt('disclosed.ndjson: its last line is cut');
  let last = null;
  const all = lines(text);
  all.forEach((line, i) => {
    last = checkDisclosedLine(line, events, last, `disclosed.ndjson line ${i + 1}`);
  });
  return all.length;
}

// files: a Map of bytes by path. openHead: gives a note's checkpoint, or refuses what is not trusted.
export function checkBundle(files, openHead) {
  checkSums(files);
  checkNames(files);
  const head = openHead(file(files, 'checkpoint'));
  const completeness = parseCompleteness(textOf(file(files, 'completeness.json')));
  checkSeal(prove(files, 'seal.leaf', 'seal.tlog-proof', completeness.seal, head), completeness);
  const events = proveLeaves(files, head);
  checkStream(events, completeness);
  checkText(files, events);
  checkAnswer(files, events);
  const opened = checkDisclosed(files, events);
  return { head, completeness, events, opened };
}
