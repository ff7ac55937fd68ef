// Tiles: a log's hashes and entries as static files (C2SP tlog-tiles).
import { malformed, numberEnd } from './encoding.mjs';

export const tileWidth = 256;
export const tileLevels = 8; // 256^8 leaves are more than any tree has.

function numberPath(number) {
  const digits = number.toString();
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  return padded.match(/.{3}/g).map((group, i, all) => (i < all.length - 1 ? `x${group}` : group))
    .join('/');
}

// level: 'entries', or of hashes 0 … 7.
export function tilePath({ level, index, width }) {
  const partial = width === tileWidth ? '' : `.p/${width}`;
  return `tile/${level}/${numberPath(index)}${partial}`;
}

export function parseTilePath(path) {
  const parts = /^tile\/(entries|[0-7])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (!parts) malformed('no path of a tile');
  const [, level, groups, width] = parts;
  const tile = {
    level: level === 'entries' ? level : Number(level),
    index: BigInt(groups.replaceAll(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  };
  if (tilePath(tile) !== path) malformed('no path of a tile');
  if (width !== undefined && tile.width >= tileWidth) malformed('a full tile at a partial path');
  // Its last hash covers leaves that no tree of fewer than 2^63 has.
  const leafBits = level === 'entries' ? 0n : BigInt(8 * tile.level);
  const end = (tile.index * 256n + BigInt(tile.width)) << leafBits;
  if (end >= numberEnd) malformed('a tile of no tree');
  return tile;
}

// The tiles of hashes, level by level, and of entries of a tree.
export function tilesOf(size) {
  const tiles = [];
  const addLevel = (level, count) => {
    for (let index = 0n; index < count / 256n; ++index) tiles.push({ level, index, width: 256 });
    const rest = Number(count % 256n);
    if (rest > 0) tiles.push({ level, index: count / 256n, width: rest });
  };
  for (let level = 0; level < tileLevels; ++level) addLevel(level, size >> BigInt(8 * level));
  addLevel('entries', size);
  return tiles;
}

export function readHashTile(bytes, width) {
  if (bytes.length !== 32 * width) malformed('a tile of another length');
  return Array.from({ length: width }, (_, i) => bytes.subarray(32 * i, 32 * (i + 1)));
}

export function readEntries(bytes, width) {
  const entries = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 2 > bytes.length) malformed('an entry without its length');
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) malformed('an entry that is cut');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== width) malformed('a tile of another number of entries');
  return entries;
}
