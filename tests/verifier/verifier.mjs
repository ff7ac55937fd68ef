// A second verifier, written from the specifications and sharing no code with ours.
//
//   node verifier.mjs bundle DIR            node verifier.mjs tiles DIR [--old CHECKPOINT]
//   node verifier.mjs proof FILE --leaf FILE  node verifier.mjs seals DIR
//   node verifier.mjs consistency OLD NEW --proof FILE
//   each with --vkey KEY|@FILE, [--policy FILE]
//
// VERIFIED is exit code 0, TAMPERED 1, CANNOT TELL 3; 2 is wrong usage.
import { lstatSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';

import { checkBundle } from './bundle.mjs';
import { corrupt, malformed, Refusal, textOf } from './encoding.mjs';
import { checkConsistency, checkInclusion, leafHash, rootOf } from './merkle.mjs';
import {
  cosignedAt, openCheckpoint, parseCheckpoint, parseHashes, parseKey, parseNote, parseProofFile,
} from './notes.mjs';
import { parsePolicy } from './policy.mjs';
import { checkSeals } from './seals.mjs';
import { parseTilePath, readEntries, readHashTile, tilePath, tilesOf } from './tiles.mjs';

class Usage extends Error {}

function read(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    return malformed(`${path}: ${error.code}`);
  }
}

// --- trust -----------------------------------------------------------------------------------

function refuseFromInside(path, folder) {
  try {
    if (`${realpathSync(path)}${sep}`.startsWith(`${realpathSync(folder)}${sep}`)) {
      malformed(`${path}: lies in the folder that is to be checked`);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error; // What is not there, its reader says.
  }
}

function readTrust({ vkey, policy }, folder) {
  if (!vkey && !policy) throw new Usage('--vkey or --policy is needed');
  const outside = (path) => {
    if (folder) refuseFromInside(path, folder);
    return textOf(read(path));
  };
  const trust = { logs: [], policy: policy ? parsePolicy(outside(policy)) : null };
  const listed = trust.policy?.logs ?? [];
  if (vkey) {
    const text = vkey.startsWith('@') ? outside(vkey.slice(1)).replace(/\n$/, '') : textOf(vkey);
    const key = parseKey(text);
    if (key.type !== 1) malformed("a witness's key, not a log's");
    const isKey = (log) => log.name === key.name && log.publicKey.equals(key.publicKey);
    const isListed = listed.some(isKey);
    if (listed.length > 0 && !isListed) malformed('the policy does not list the key');
    trust.logs = [key];
  } else {
    trust.logs = listed;
  }
  if (trust.logs.length === 0) malformed('no key of a log');
  return trust;
}

// The checkpoint of a note that one of the logs signed, with the policy's quorum.
function openTrusted(note, trust, { isOlder = false } = {}) {
  parseCheckpoint(note.text); // To tell what is no checkpoint from what another key signed.
  let opened = null;
  let refusal = null;
  for (const key of trust.logs) {
    try {
      opened ??= openCheckpoint(note, key);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'corrupt') throw error;
      refusal = error;
    }
  }
  if (!opened) throw refusal;
  if (!trust.policy) return opened;
  const { witnesses, isMetBy } = trust.policy;
  const cosigned = witnesses.filter(({ key }) => cosignedAt(note, key) !== null);
  if (!isOlder && !isMetBy(new Set(cosigned.map(({ name }) => name)))) {
    malformed("the policy's quorum is not met");
  }
  return opened;
}

// --- what can be checked ---------------------------------------------------------------------

// Every plain file below a folder, by its path there; links are not followed.
function filesBelow(folder, prefix = '') {
  const files = new Map();
  let entries;
  try {
    entries = readdirSync(join(folder, prefix)).sort();
  } catch (error) {
    return malformed(`${folder}: ${error.code}`);
  }
  for (const name of entries) {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    const kind = lstatSync(join(folder, path));
    if (kind.isDirectory()) {
      for (const [below, full] of filesBelow(folder, path)) files.set(below, full);
    } else if (kind.isFile()) {
      files.set(path, join(folder, path));
    } else {
      malformed(`${path}: no plain file`);
    }
  }
  return files;
}

function bundle([folder], options) {
  const trust = readTrust(options, folder);
  const files = new Map([...filesBelow(folder)].map(([path, full]) => [path, read(full)]));
  const openHead = (bytes) => openTrusted(parseNote(textOf(bytes)), trust);
  const { head, completeness, events, opened } = checkBundle(files, openHead);
  return { origin: head.origin, size: head.size, subject: completeness.subject,
    events: events.length, 'sections opened': opened,
    'complete according to the seal at': completeness.size,
    'not checked': 'the data of events.ndjson beyond what it seals, README.txt, schema/' };
}

function proof([path], options) {
  if (!options.leaf) throw new Usage('--leaf is needed');
  const trust = readTrust(options);
  const { index, path: hashes, extra, note } = parseProofFile(textOf(read(path)));
  const { origin, size, root } = openTrusted(note, trust);
  const leaf = read(options.leaf);
  if (leaf.length > 65_535) malformed(`${options.leaf}: longer than any leaf`);
  checkInclusion({ index, size, path: hashes }, leafHash(leaf), root);
  return { origin, size, position: index, 'leaf hash': leafHash(leaf).toString('hex'),
    'not checked': `what the leaf says${extra ? ', extra data' : ''}` };
}

function checkGrowth(older, newer) {
  if (older.origin !== newer.origin) malformed('checkpoints of two logs');
  if (older.size > newer.size) malformed('the newer checkpoint is smaller');
  if (older.size === newer.size && !older.root.equals(newer.root)) {
    corrupt('forked: one size, two trees');
  }
}

function consistency([oldPath, newPath], options) {
  if (!options.proof) throw new Usage('--proof is needed');
  const trust = readTrust(options);
  const older = openTrusted(parseNote(textOf(read(oldPath))), trust, { isOlder: true });
  const newer = openTrusted(parseNote(textOf(read(newPath))), trust);
  checkGrowth(older, newer);
  const path = parseHashes(textOf(read(options.proof)));
  checkConsistency({ oldSize: older.size, newSize: newer.size, path }, older.root, newer.root);
  return { origin: newer.origin, 'append-only since': older.size, size: newer.size };
}

// The hashes of each level of tiles, from the leaves up: 256 of one make one of the next.
function tileLevels(leaves) {
  const levels = [leaves];
  while (levels.at(-1).length >= 256) {
    const below = levels.at(-1);
    const full = Array.from({ length: Math.floor(below.length / 256) },
      (_, i) => rootOf(below, i * 256, (i + 1) * 256));
    levels.push(full);
  }
  return levels;
}

function tileFile(folder, path) {
  try {
    if (!lstatSync(join(folder, path)).isFile()) malformed(`${path}: no plain file`);
  } catch (error) {
    if (!(error instanceof Refusal)) malformed(`${path}: missing`);
    throw error;
  }
  return read(join(folder, path));
}

// What the entries say of a tile of hashes or entries, as far as they reach.
function checkTile(folder, tile, leaves, levels) {
  const path = tilePath(tile);
  const bytes = tileFile(folder, path);
  const isEntries = tile.level === 'entries';
  const found = isEntries
    ? readEntries(bytes, tile.width).map(leafHash) : readHashTile(bytes, tile.width);
  const from = Number(tile.index) * 256;
  const expected = (isEntries ? leaves : levels[tile.level] ?? []).slice(from, from + tile.width);
  expected.forEach((hash, i) => {
    if (!hash.equals(found[i])) corrupt(`${path}: number ${i} is not what the entries lead to`);
  });
}

const entriesOf = (folder, size) => tilesOf(size).filter(({ level }) => level === 'entries')
  .flatMap((tile) => readEntries(tileFile(folder, tilePath(tile)), tile.width));

function tiles([folder], options) {
  const trust = readTrust(options, folder);
  const head = openTrusted(parseNote(textOf(tileFile(folder, 'checkpoint'))), trust);
  const needed = tilesOf(head.size);
  const leaves = entriesOf(folder, head.size).map(leafHash);
  if (options.old) {
    const older = openTrusted(parseNote(textOf(read(options.old))), trust, { isOlder: true });
    checkGrowth(older, head);
    const begun = rootOf(leaves, 0, Number(older.size));
    if (!begun.equals(older.root)) corrupt('tile/entries: rewritten');
  }
  const levels = tileLevels(leaves);
  for (const tile of needed) checkTile(folder, tile, leaves, levels);
  if (!rootOf(leaves).equals(head.root)) corrupt('checkpoint: the entries lead to another root');
  let others = 0;
  const asked = new Set(['checkpoint', ...needed.map(tilePath)]);
  for (const path of filesBelow(folder).keys()) {
    if (asked.has(path)) continue;
    let tile;
    try {
      tile = parseTilePath(path);
    } catch {
      others += 1;
      continue;
    }
    const count = tile.level === 'entries' ? head.size : head.size >> BigInt(8 * tile.level);
    if (tile.index * 256n < count) checkTile(folder, tile, leaves, levels);
    else others += 1;
  }
  return { origin: head.origin, size: head.size, tiles: needed.length,
    'not checked': `${others} other files` };
}

// What liggare-verify leaves to `liggare verify --full`: whether the seals count rightly.
function seals([folder], options) {
  const facts = tiles([folder], options);
  return { ...facts, seals: checkSeals(entriesOf(folder, facts.size)) };
}

// --- the program -----------------------------------------------------------------------------

const commands = {
  bundle: [bundle, 1], proof: [proof, 1], tiles: [tiles, 1], seals: [seals, 1],
  consistency: [consistency, 2],
};

function main(given) {
  const option = { type: 'string' };
  let parsed;
  try {
    parsed = parseArgs({ args: given, allowPositionals: true,
      options: { vkey: option, policy: option, leaf: option, proof: option, old: option } });
  } catch (error) {
    throw new Usage(error.message);
  }
  const [name, ...paths] = parsed.positionals;
  const [command, count] = Object.hasOwn(commands, name ?? '') ? commands[name] : [];
  if (!command || paths.length !== count) throw new Usage('bundle, proof, tiles, seals or consistency');
  return command(paths, parsed.values);
}

try {
  const facts = main(process.argv.slice(2));
  console.log('VERIFIED');
  for (const [name, value] of Object.entries(facts)) console.log(`  ${name}: ${value}`);
} catch (error) {
  if (error instanceof Usage) {
    console.error(`verifier.mjs: ${error.message}`);
    process.exitCode = 2;
  } else if (error instanceof Refusal) {
    console.log(`${error.kind === 'corrupt' ? 'TAMPERED' : 'CANNOT TELL'}: ${error.message}`);
    process.exitCode = error.kind === 'corrupt' ? 1 : 3;
  } else {
    // Whatever it stumbled over is no evidence.
    console.log(`CANNOT TELL: ${error.stack}`);
    process.exitCode = 3;
  }
}
