// RFC 6962 trees: hashes, roots, inclusion and consistency (RFC 9162, 2.1.3.2 and 2.1.4.2).
//
// Sizes and indexes are BigInt: a JavaScript number is exact only up to 2^53.
import { createHash } from 'node:crypto';

import { corrupt, malformed } from './encoding.mjs';

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);
export const leafHash = (leaf) => sha256(leafPrefix, leaf);
export const nodeHash = (left, right) => sha256(nodePrefix, left, right);
export const emptyRoot = () => sha256();

// MTH of leaf hashes, by the recursive definition.
export function rootOf(hashes, from = 0, to = hashes.length) {
  const count = to - from;
  if (count === 0) return emptyRoot();
  if (count === 1) return hashes[from];
  let split = 1;
  while (split * 2 < count) split *= 2;
  return nodeHash(rootOf(hashes, from, from + split), rootOf(hashes, from + split, to));
}

const bitLength = (number) => (number === 0n ? 0 : number.toString(2).length);
const popCount = (number) => number.toString(2).replaceAll('0', '').length;

export function inclusionLength(index, size) {
  const inner = bitLength(index ^ (size - 1n));
  return inner + popCount(index >> BigInt(inner));
}

export function rootFromInclusion({ index, size, path }, leaf) {
  if (index >= size) malformed('an index beyond the tree');
  if (path.length !== inclusionLength(index, size)) malformed('a path of the wrong length');
  let fn = index;
  let sn = size - 1n;
  let root = leaf;
  for (const hash of path) {
    if (sn === 0n) malformed('a path that goes on beyond the root');
    if (fn % 2n === 1n || fn === sn) {
      root = nodeHash(hash, root);
      while (fn % 2n === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      root = nodeHash(root, hash);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  if (sn !== 0n) malformed('a path that ends below the root');
  return root;
}

export function checkInclusion(proof, leaf, root) {
  if (!rootFromInclusion(proof, leaf).equals(root)) corrupt('the path leads to another root');
}

// A proof has as many hashes as the algorithm takes in; counted before anything is hashed.
function consistencyLength(oldSize, newSize) {
  let fn = oldSize - 1n;
  let sn = newSize - 1n;
  while (fn % 2n === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  // One seed, unless the old tree is a node of the new one, and one hash a step.
  let count = (oldSize & (oldSize - 1n)) === 0n ? 0 : 1;
  while (sn !== 0n) {
    count += 1;
    if (fn % 2n === 1n || fn === sn) {
      while (fn % 2n === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return count;
}

export function checkConsistency({ oldSize, newSize, path }, oldRoot, newRoot) {
  if (oldSize > newSize) malformed('the old tree is the larger one');
  if (oldSize === 0n || oldSize === newSize) {
    if (path.length !== 0) malformed('a path where none is needed');
    if (oldSize === newSize && !oldRoot.equals(newRoot)) corrupt('two roots of one size');
    return;
  }
  if (path.length !== consistencyLength(oldSize, newSize)) malformed('a path of the wrong length');
  const isPower = (oldSize & (oldSize - 1n)) === 0n;
  const hashes = isPower ? [oldRoot, ...path] : path;
  let fn = oldSize - 1n;
  let sn = newSize - 1n;
  while (fn % 2n === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let fr = hashes[0];
  let sr = hashes[0];
  for (const hash of hashes.slice(1)) {
    if (sn === 0n) malformed('a path that goes on beyond the root');
    if (fn % 2n === 1n || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (fn % 2n === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      sr = nodeHash(sr, hash);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  if (sn !== 0n) malformed('a path that ends below the root');
  if (!fr.equals(oldRoot)) corrupt('the path leads to another old root');
  if (!sr.equals(newRoot)) corrupt('the path leads to another new root');
}
