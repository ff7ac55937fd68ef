// Holds this verifier to known answers by others: node vectors.mjs FILE.
import { existsSync, readFileSync } from 'node:fs';

import { bytesOf, decimal, fromBase64, hashFromBase64, Refusal, textOf } from './encoding.mjs';
import {
  checkConsistency, checkInclusion, emptyRoot, leafHash, nodeHash, rootOf,
} from './merkle.mjs';
import {
  cosignedAt, isSignedBy, openCheckpoint, parseHashes, parseKey, parseNote, parseProofFile,
} from './notes.mjs';
import { sha256 } from './merkle.mjs';
import { parseTilePath, tilePath, tilesOf } from './tiles.mjs';

if (!existsSync(process.argv[2])) {
  console.log('vectors.json is absent; the differential check covers the same ground');
  process.exit(77);
}
const vectors = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const bytes = (text) => textOf(Buffer.from(text, 'utf8'));
const hex = (text) => Buffer.from(text, 'hex');
// A hash of the wrong length is refused where it is read.
const hash = (text) => hashFromBase64(hex(text).toString('base64'));

let passed = 0;
let failed = 0;
function hold(name, is) {
  if (is) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED ${name}`);
  }
}
function accepts(check) {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

const { hashing, classic8, example } = vectors;
hold('the root of nothing', emptyRoot().equals(hash(hashing.emptyRoot)));
hold('the root of nothing, in base64', emptyRoot().equals(fromBase64(vectors.emptyTreeRootBase64)));
for (const each of hashing.leafHash) {
  hold(`leaf ${each.data}`, leafHash(hex(each.data)).equals(hash(each.hash)));
}
for (const each of hashing.nodeHash) {
  hold('node', nodeHash(hex(each.left), hex(each.right)).equals(hash(each.hash)));
}
const leaves = classic8.leafInputs.map((input) => leafHash(hex(input)));
leaves.forEach((leaf, i) => hold(`classic leaf ${i}`, leaf.equals(hash(classic8.leafHashes[i]))));
classic8.rootBySize.forEach((root, size) => {
  const text = typeof root === 'string' ? root : root.root;
  hold(`classic root ${size}`, rootOf(leaves.slice(0, size)).equals(hash(text)));
});
for (const { size, root } of vectors.decimalLeafRoots) {
  const decimals = Array.from({ length: size }, (_, i) => leafHash(bytesOf(String(i))));
  hold(`decimal root ${size}`, rootOf(decimals).equals(hash(root)));
}
for (const { name, type, pub, keyID } of vectors.keyIDs) {
  const typed = Buffer.concat([Buffer.from([type]), hex(pub)]);
  const id = sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4).toString('hex');
  hold(`id of ${name}`, id === keyID);
  const vkey = bytes(`${name}+${keyID}+${typed.toString('base64')}`);
  if (type === 1 || type === 4) hold(`key of ${name}`, parseKey(vkey).id === keyID);
}
for (const { desc, vkey, note, ok } of vectors.notes) {
  const opened = accepts(() => {
    if (!isSignedBy(parseNote(bytes(note)), parseKey(bytes(vkey)))) throw new Refusal('malformed');
  });
  hold(desc, opened === ok);
}
for (const { n, path } of vectors.tilePaths) {
  const tile = { level: 0, index: BigInt(n), width: 256 };
  hold(`path of ${n}`, tilePath(tile) === `tile/0/${path}`);
  hold(`tile at ${path}`, parseTilePath(`tile/0/${path}`).index === BigInt(n));
}
for (const [size, levels] of Object.entries(vectors.tilesForSize)) {
  const hashTiles = tilesOf(BigInt(size)).filter((tile) => tile.level !== 'entries');
  const found = levels.map(({ level }) => {
    const of = hashTiles.filter((tile) => tile.level === level);
    const partial = of.find((tile) => tile.width < 256);
    return { level, full: of.filter((tile) => tile.width === 256).length,
      partial: partial?.width ?? 0 };
  });
  hold(`tiles of ${size}`, JSON.stringify(found) === JSON.stringify(levels));
  hold(`all tiles of ${size}`,
    hashTiles.length === levels.reduce((sum, each) => sum + each.full + (each.partial ? 1 : 0), 0));
}
for (const { desc, index, size, root, leaf, proof, ok } of vectors.inclusion) {
  const accepted = accepts(() => checkInclusion(
    { index: decimal(String(index)), size: decimal(String(size)), path: proof.map(hash) },
    hash(leaf), hash(root)));
  hold(desc, accepted === ok);
}
for (const { desc, size1, size2, root1, root2, proof, ok } of vectors.consistency) {
  const accepted = accepts(() => checkConsistency(
    { oldSize: decimal(String(size1)), newSize: decimal(String(size2)), path: proof.map(hash) },
    hash(root1), hash(root2)));
  hold(desc, accepted === ok);
}

const log = parseKey(example.logVkey);
const note = parseNote(bytes(example.checkpointNew));
const older = openCheckpoint(parseNote(bytes(example.checkpointOld)), log);
const newer = openCheckpoint(note, log);
hold('the example grew', accepts(() => checkConsistency(
  { oldSize: older.size, newSize: newer.size,
    path: parseHashes(example.consistency.map((line) => `${line}\n`).join('')) },
  older.root, newer.root)));
const proof = parseProofFile(bytes(example.tlogProof150));
hold("the example's leaf", accepts(() => checkInclusion(
  { index: proof.index, size: newer.size, path: proof.path }, leafHash(hex(example.leaf150)),
  newer.root)));
for (const vkey of [example.w1Vkey, example.w2Vkey]) {
  hold('a cosignature of the example', cosignedAt(note, parseKey(vkey)) === 1767225600n);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
