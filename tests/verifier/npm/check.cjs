// Checks a ledger's checkpoint and proof with @sigstore/verify, which knows nothing of liggare: as
// they are, and once for each way in which they are tampered with.
//
//   node check.cjs FIXTURE    the folder that tests/verifier/fixture.sh makes
'use strict';
const { createPublicKey, generateKeyPairSync } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

// From where the test set-up installed it: the current folder.
const installed = createRequire(join(process.cwd(), 'package.json'));
const { verifyCheckpoint } = installed('@sigstore/verify/dist/tlog/checkpoint.js');
const { verifyMerkleInclusion } = installed('@sigstore/verify/dist/tlog/merkle.js');

const fixture = process.argv[2];
const read = (...path) => readFileSync(join(fixture, ...path));

// A verifier key as sigstore keeps those of its logs.
function logOf(vkey) {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)\n$/.exec(vkey);
  const spki = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(encoded, 'base64').subarray(1),
  ]);
  return { baseURL: name, logID: Buffer.from(id, 'hex'),
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

// A tlog-proof as an entry of a sigstore bundle.
function entryOf(leaf, proof) {
  const split = proof.indexOf('\n\n');
  const [, index, ...hashes] = proof.slice(0, split).split('\n');
  return { canonicalizedBody: leaf,
    inclusionProof: { logIndex: index.slice('index '.length),
      hashes: hashes.map((hash) => Buffer.from(hash, 'base64')),
      checkpoint: { envelope: proof.slice(split + 2) } } };
}

const log = logOf(read('town.vkey').toString());
const entry = entryOf(read('proof', '5.leaf'), read('proof', '5.tlog-proof').toString());
const envelope = entry.inclusionProof.checkpoint.envelope;

function isAccepted(changed, known = log) {
  try {
    verifyMerkleInclusion(changed, verifyCheckpoint(changed, [known]));
    return true;
  } catch {
    return false;
  }
}
const withProof = (members) =>
  ({ ...entry, inclusionProof: { ...entry.inclusionProof, ...members } });
const withEnvelope = (changed) => withProof({ checkpoint: { envelope: changed } });

let failures = 0;
function refuse(name, changes) {
  const accepted = changes.filter((changed) => isAccepted(changed)).length;
  if (accepted > 0 || changes.length === 0) failures += 1;
  const verdict = accepted === 0 ? 'refused' : `ACCEPTED ${accepted} OF`;
  console.log(`${verdict} ${changes.length} tampered: ${name}`);
}
function flipped(bytes) {
  const all = [];
  for (let bit = 0; bit < 8 * bytes.length; ++bit) {
    const copy = Buffer.from(bytes);
    copy[bit >> 3] ^= 1 << (bit & 7);
    all.push(copy);
  }
  return all;
}

if (isAccepted(entry)) {
  console.log('accepted the checkpoint (verifyCheckpoint) and the proof (verifyMerkleInclusion)');
} else {
  failures += 1;
  console.log('REFUSED the proof as it is');
}
refuse('the leaf', flipped(entry.canonicalizedBody).map((body) =>
  ({ ...entry, canonicalizedBody: body })));

const { hashes } = entry.inclusionProof;
refuse('the hashes of the proof', hashes.flatMap((hash, i) =>
  flipped(hash).map((changed) =>
    withProof({ hashes: [...hashes.slice(0, i), changed, ...hashes.slice(i + 1)] }))));
refuse('their number', [hashes.slice(1), hashes.slice(0, -1), [...hashes, hashes[0]]].map((other) =>
  withProof({ hashes: other })));
refuse('the index', [0, 1, 4, 6, 1200, 1201, -1].map((other) =>
  withProof({ logIndex: String(other) })));

const text = envelope.slice(0, envelope.indexOf('\n\n') + 1);
const rest = envelope.slice(text.length);
refuse("the checkpoint's text", flipped(Buffer.from(text)).map((changed) =>
  withEnvelope(changed.toString('latin1') + rest)));
const signature = /(\S+)\n$/.exec(envelope)[1];
refuse("the checkpoint's signature", flipped(Buffer.from(signature, 'base64')).map((changed) =>
  withEnvelope(envelope.replace(signature, changed.toString('base64')))));
if (isAccepted(entry, { ...log, publicKey: generateKeyPairSync('ed25519').publicKey })) {
  failures += 1;
  console.log("ACCEPTED with another log's key");
}

console.log(failures === 0 ? 'all as it should be' : `${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
