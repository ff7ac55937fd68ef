// Lets liggare-verify and verifier.mjs judge the same damaged files, and compares their verdicts:
// node agree.mjs LIGGARE_VERIFY FIXTURE COUNT SEED.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [program, fixture, count, usualSeed] = process.argv.slice(2);
const seed = process.env.LIGGARE_SEED ?? usualSeed;
const verifier = join(dirname(fileURLToPath(import.meta.url)), 'verifier.mjs');
const work = mkdtempSync(join(tmpdir(), 'agree-'));
console.log(`seed ${seed}`);

// The same draws for the same seed, on every machine.
let drawn = 0;
function below(end) {
  const hash = createHash('sha256').update(`${seed} ${drawn++}`).digest();
  return Number(hash.readBigUInt64BE() % BigInt(end));
}
const pick = (all) => all[below(all.length)];

const asked = [
  { part: 'bundle', given: ['bundle', 'bundle'] },
  { part: 'small', given: ['bundle', 'small'] },
  { part: 'told', given: ['bundle', 'told'] },
  { part: 'absent', given: ['bundle', 'absent'] },
  { part: 'proof', given: ['proof', 'proof/5.tlog-proof', '--leaf', 'proof/5.leaf'] },
  { part: 'tiles', given: ['tiles', 'tiles'] },
  { part: 'tiles', given: ['tiles', 'tiles', '--old', 'early.checkpoint'] },
  { part: 'growth',
    given: ['consistency', 'early.checkpoint', 'newest.checkpoint', '--proof', 'growth'] },
  { part: 'small', given: ['bundle', 'small', '--policy', 'unwitnessed.policy'] },
];
// What neither may verify, though nothing is damaged.
const doubtful = [
  ['bundle', 'small', '--policy', 'witnessed.policy'],
  ['tiles', 'tiles', '--policy', 'witnessed.policy'],
  ['tiles', 'tiles', '--policy', 'tiles/own.policy'],
  ['bundle', 'absent', '--policy', 'town.vkey'],
  ['proof', 'proof/5.tlog-proof', '--leaf', 'proof/6.leaf'],
  ['consistency', 'newest.checkpoint', 'early.checkpoint', '--proof', 'growth'],
];

function filesBelow(path) {
  if (statSync(join(work, path)).isFile()) return [path];
  return readdirSync(join(work, path)).sort().flatMap((name) => filesBelow(`${path}/${name}`));
}

function damaged(bytes) {
  if (bytes.length === 0) return Buffer.from('x');
  const at = below(bytes.length);
  const copy = Buffer.from(bytes);
  switch (below(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    case 2:
      return Buffer.concat([bytes, bytes.subarray(at)]);
    default:
      copy[at] ^= 1 << below(8);
      return copy;
  }
}

// As somebody would who covers his tracks.
function listAnew(part) {
  const files = filesBelow(part).filter((path) => !path.endsWith('/SHA256SUMS'));
  const listed = files.map((path) => path.slice(part.length + 1)).sort().map((path) => {
    const sum = createHash('sha256').update(readFileSync(join(work, part, path))).digest('hex');
    return `${sum}  ${path}\n`;
  });
  writeFileSync(join(work, part, 'SHA256SUMS'), listed.join(''));
}

// What is to be damaged: a file's bytes, a file taken away, or two that change places.
function damage({ part, given }) {
  const files = part === 'growth' ? given.filter((name) => !name.startsWith('-')).slice(1)
    : filesBelow(part);
  const path = pick(files);
  const kind = below(10);
  if (kind === 0) {
    rmSync(join(work, path));
  } else if (kind === 1) {
    const other = pick(files);
    const [mine, theirs] = [path, other].map((each) => readFileSync(join(work, each)));
    writeFileSync(join(work, path), theirs);
    writeFileSync(join(work, other), mine);
  } else {
    writeFileSync(join(work, path), damaged(readFileSync(join(work, path))));
  }
  if (given[0] === 'bundle' && below(2) === 0) listAnew(part);
  return path;
}

const verdicts = ['verified', 'tampered', 'usage', 'cannot tell'];
function judge(command, given) {
  const ran = spawnSync(command[0], [...command.slice(1), ...given, '--vkey', '@town.vkey'],
    { cwd: work, encoding: 'utf8' });
  return { verdict: verdicts[ran.status] ?? `exit code ${ran.status}, ${ran.signal}`,
    said: (ran.stdout ?? String(ran.error)).split('\n')[0].slice(0, 200) };
}

const tally = {};
let disagreements = 0;
let wronglyJudged = 0;
function compare(given, what) {
  const ours = judge([program], given);
  const theirs = judge([process.execPath, verifier], given);
  tally[ours.verdict] = (tally[ours.verdict] ?? 0) + 1;
  if (ours.verdict === theirs.verdict) return ours.verdict;
  // The second verifier does not read the data of events.ndjson, and says so.
  const isUnread = what.includes('events.ndjson') && ours.said.includes('text-differs') &&
    theirs.verdict === 'verified';
  if (isUnread) return ours.verdict;
  disagreements += 1;
  console.log(`DISAGREE over ${given.join(' ')} (${what}):\n  ${JSON.stringify(ours)}` +
    `\n  ${JSON.stringify(theirs)}`);
  return null;
}

// All but the ledger itself.
function restore() {
  for (const name of readdirSync(fixture)) {
    if (name === 'town' || name === 'town.keys') continue;
    rmSync(join(work, name), { recursive: true, force: true });
    cpSync(join(fixture, name), join(work, name), { recursive: true });
  }
}

restore();
for (const { given } of asked) {
  if (compare(given, 'as it is') !== 'verified') wronglyJudged += 1;
}
for (const given of doubtful) {
  if (compare(given, 'as it is') !== 'cannot tell') wronglyJudged += 1;
}
for (let i = 0; i < Number(count); ++i) {
  const one = pick(asked);
  restore();
  compare(one.given, `${damage(one)} damaged`);
}
// Whatever was disclosed, and listed anew, is judged by its keys alone.
const flipped = 20;
restore();
const told = join(work, 'told/disclosed.ndjson');
const whole = readFileSync(told);
for (let i = 0; i < flipped; ++i) {
  const copy = Buffer.from(whole);
  copy[below(copy.length)] ^= 1 << below(8);
  writeFileSync(told, copy);
  listAnew('told');
  if (compare(['bundle', 'told'], 'told/disclosed.ndjson damaged') !== 'tampered') wronglyJudged += 1;
}
rmSync(work, { recursive: true });
console.log(JSON.stringify(tally));
const judged = asked.length + doubtful.length + Number(count) + flipped;
console.log(`${judged} judged, ${disagreements} disagreements, ${wronglyJudged} wrong`);
process.exitCode = disagreements + wronglyJudged === 0 ? 0 : 1;
