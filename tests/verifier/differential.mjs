// Puts the same questions to both verifiers and compares: node differential.mjs PROGRAM COUNT SEED.
//
// PROGRAM is verifier_cases: it draws the questions and says what the C++ verifier answers.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { answers } from './answers.mjs';
import { Refusal } from './encoding.mjs';

const [program, count, usualSeed] = process.argv.slice(2);
const seed = process.env.LIGGARE_SEED ?? usualSeed;
console.log(`seed ${seed}`);

function answer({ operation, given }) {
  try {
    return { verdict: 'accepted', value: answers[operation](given) };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: error.kind };
    throw error;
  }
}

const tally = {};
let asked = 0;
let accepted = 0;
let disagreements = 0;
const cases = spawn(program, [count, seed], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => cases.on('close', resolve));
for await (const line of createInterface({ input: cases.stdout })) {
  const question = JSON.parse(line);
  const ours = answer(question);
  asked += 1;
  tally[question.operation] ??= { accepted: 0, malformed: 0, corrupt: 0 };
  tally[question.operation][question.verdict] += 1;
  if (question.verdict === 'accepted') accepted += 1;
  if (ours.verdict === question.verdict && ours.value === question.value) continue;
  disagreements += 1;
  if (disagreements <= 20) console.log(`DISAGREE ${JSON.stringify(ours)}: ${line}`);
}
const status = await ended;

console.table(tally);
const refused = asked - accepted;
console.log(`${asked} questions, ${accepted} accepted, ${refused} refused, ` +
  `${disagreements} disagreements`);
// A generator that asks nothing, or only what is right or only what is wrong, proves nothing.
const isBalanced = 2 * refused >= asked && 3 * accepted >= asked;
if (!isBalanced) console.log('too few of one kind: half have to be refused, a third accepted');
const isWhole = status === 0 && asked === Number(count) && asked > 0;
if (!isWhole) console.log(`the questions end early: ${asked} of ${count}, exit code ${status}`);
process.exitCode = disagreements === 0 && isBalanced && isWhole ? 0 : 1;
