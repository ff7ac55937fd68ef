// Makes a seal's stream directory anew from the ledger's entries: what the seal claims, checked.
import { bucketOf, entryHash } from './directory.mjs';
import { bytesOf, corrupt, malformed, textOf } from './encoding.mjs';
import { leafHash, rootOf } from './merkle.mjs';
import { readRecord } from './record.mjs';

// Every bucket's entries in byte order of the subject; a bucket's root is a leaf of the directory.
function directoryRoot(streams) {
  const buckets = new Map();
  for (const entry of streams.values()) {
    const number = Number(bucketOf(entry.subject));
    if (!buckets.has(number)) buckets.set(number, []);
    buckets.get(number).push(entry);
  }
  const empty = leafHash(rootOf([]));
  const leaves = Array.from({ length: 65_536 }, (_, number) => {
    const bucket = buckets.get(number);
    if (!bucket) return empty;
    bucket.sort((left, right) => Buffer.compare(bytesOf(left.subject), bytesOf(right.subject)));
    return leafHash(rootOf(bucket.map(entryHash)));
  });
  return rootOf(leaves);
}

// entries: all of the ledger's leaves, in order. The number of seals among them.
export function checkSeals(entries) {
  const records = entries.map(readRecord);
  const streams = new Map();
  let covered = 0;
  const cover = (size) => {
    for (let i = covered; i < size; ++i) {
      const { envelope, version } = records[i];
      const subject = textOf(Buffer.from(envelope.subject, 'utf8'));
      const known = streams.get(subject)?.version ?? 0n;
      if (version !== known + 1n) corrupt(`event ${i}: version ${version} of ${subject}`);
      streams.set(subject,
        { subject, version, lastPosition: BigInt(i), lastLeafHash: leafHash(entries[i]) });
    }
    covered = size;
  };
  let seals = 0;
  records.forEach(({ envelope, data }, position) => {
    if (envelope.type !== 'ledger.sealed') return;
    const size = Number(data.size);
    if (size > position) corrupt(`seal ${position}: covers what came after it`);
    if (size < covered) malformed(`seal ${position}: covers less than the one before it`);
    cover(size);
    const root = directoryRoot(streams).toString('hex');
    if (root !== data.directoryRoot) corrupt(`seal ${position}: its directory's root is ${root}`);
    seals += 1;
  });
  return seals;
}
