// Reads a leaf: an EventRecord in Cap'n Proto's stream framing, one segment (schema/README.md).
//
// The places of the fields are those that `capnp compile -ocapnp schema/event.capnp` prints.
import { malformed } from './encoding.mjs';

const types = `unitRegistered unitRenamed unitMoved unitClosed agreementSigned agreementAmended
  agreementTerminated targetSet figurePublished ladderPublished noticePublished basisAdopted
  policyAdopted staffRegistered roleGranted roleRevoked incidentReported incidentNotified
  incidentClosed placeOffered placeWithdrawn participantRegistered referralReceived
  referralAccepted referralDeclined referralWithdrawn enrolmentStarted enrolmentPaused
  enrolmentResumed enrolmentTransferred enrolmentEnded consultantAssigned consultantReleased
  mappingRecorded assessmentRecorded planCreated planRevised planTransferred planClosed pathChosen
  criterionAssessed stepCompleted stepReopened meetingHeld informationGiven consentGiven
  consentRefused consentWithdrawn requestReceived requestAnswered shieldSet shieldLifted
  disclosureMade disclosureRefused placementStarted placementExtended placementEnded
  outcomeRecorded noteRecorded protectionSet protectionLifted eventCorrected eventVoided
  ledgerSealed ledgerKeyRotated ledgerRolledBack ledgerRestored reportPublished retentionAdopted
  reviewStarted reviewMarked reviewClosed holdPlaced holdReleased erasureDecided erasureExecuted`
  .split(/\s+/)
  // The first capital stands for the dot, each later one for a dash.
  .map((name) => name.replace(/[A-Z]/, (capital) => `.${capital.toLowerCase()}`)
    .replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`));
const classes = ['unset', 'identity', 'ordinary', 'social', 'health', 'offence'];

// A struct in the segment. What lies beyond its end is zero or null: canonical form cuts it off.
class Struct {
  constructor(segment, at, dataWords, pointers) {
    Object.assign(this, { segment, at, dataWords, pointers });
    if (at < 0 || (at + dataWords + pointers) * 8 > segment.length) malformed('beyond the record');
  }

  bytesAt(offset, length) {
    if (offset + length > this.dataWords * 8) return Buffer.alloc(length);
    return this.segment.subarray(this.at * 8 + offset, this.at * 8 + offset + length);
  }
  u16(offset) {
    return this.bytesAt(offset, 2).readUInt16LE();
  }
  u32(offset) {
    return this.bytesAt(offset, 4).readUInt32LE();
  }
  u64(offset) {
    return this.bytesAt(offset, 8).readBigUInt64LE();
  }

  // {at, target, word} of a pointer that is not null.
  pointer(index) {
    if (index >= this.pointers) return null;
    const at = this.at + this.dataWords + index;
    const word = this.segment.readBigUInt64LE(at * 8);
    if (word === 0n) return null;
    const offset = this.segment.readInt32LE(at * 8) >> 2;
    return { target: at + 1 + offset, kind: Number(word & 3n), word };
  }

  struct(index) {
    const found = this.pointer(index);
    if (found === null) return null;
    if (found.kind !== 0) malformed('no pointer to a struct');
    const { word } = found;
    return new Struct(this.segment, found.target, Number((word >> 32n) & 0xffffn),
      Number(word >> 48n));
  }

  text(index) {
    const found = this.pointer(index);
    if (found === null) return null;
    const length = Number(found.word >> 35n);
    if (found.kind !== 1 || ((found.word >> 32n) & 7n) !== 2n || length === 0) malformed('no text');
    const from = found.target * 8;
    if (from < 0 || from + length > this.segment.length) malformed('a text beyond the record');
    if (this.segment[from + length - 1] !== 0) malformed('a text without its end');
    return this.segment.toString('utf8', from, from + length - 1);
  }

  data(index) {
    const found = this.pointer(index);
    if (found === null) return Buffer.alloc(0);
    const length = Number(found.word >> 35n);
    if (found.kind !== 1 || ((found.word >> 32n) & 7n) !== 2n) malformed('no data');
    const from = found.target * 8;
    if (from < 0 || from + length > this.segment.length) malformed('data beyond the record');
    return this.segment.subarray(from, from + length);
  }

  // A list of structs stands behind a tag word that describes each of them.
  structs(index) {
    const found = this.pointer(index);
    if (found === null) return null;
    if (found.kind !== 1 || ((found.word >> 32n) & 7n) !== 7n) malformed('no list of structs');
    if (found.target < 0 || found.target * 8 + 8 > this.segment.length) malformed('a list beyond');
    const tag = this.segment.readBigUInt64LE(found.target * 8);
    const count = Number((tag >> 2n) & 0x3fffffffn);
    const dataWords = Number((tag >> 32n) & 0xffffn);
    const pointers = Number(tag >> 48n);
    if (count > this.segment.length) malformed('a list longer than the record');
    return Array.from({ length: count }, (_, i) => new Struct(this.segment,
      found.target + 1 + i * (dataWords + pointers), dataWords, pointers));
  }
}

function rootOf(bytes) {
  if (bytes.length < 16 || bytes.length > 65_535) malformed('a leaf of another length');
  if (bytes.readUInt32LE(0) !== 0) malformed('a leaf of several segments');
  if (bytes.readUInt32LE(4) * 8 + 8 !== bytes.length) malformed('a leaf of another length');
  const segment = bytes.subarray(8);
  return new Struct(segment, 0, 0, 1).struct(0) ?? malformed('a leaf without a record');
}

const day = (number) => String(number).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

function instant(microseconds) {
  const seconds = new Date(Number(microseconds / 1000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(microseconds % 1_000_000n).padStart(6, '0')}Z`;
}

function dataOf(type, payload) {
  if (type === 'ledger.sealed') return { size: payload.u64(0), directoryRoot: payload.text(0) };
  if (type === 'report.published') return { digest: payload.text(2) };
  return {};
}

// The envelope under its names in NDJSON, what a verifier needs of the data, and which classes of
// personal data are sealed in it.
export function readRecord(bytes) {
  const record = rootOf(bytes);
  if (record.u16(8) !== 1) malformed('a record of another release');
  const union = record.struct(10) ?? malformed('a record without data');
  const type = types[union.u16(0)] ?? malformed('an event of another release');
  const payload = union.struct(0) ?? malformed('a record without data');
  const optional = { time: record.text(5), purpose: record.text(6),
    correlationid: record.text(7), causationid: record.text(8) };
  const envelope = { id: record.text(0), source: record.text(4), type, subject: record.text(1),
    effective: day(record.u32(12)), actor: record.text(2), recorded: instant(record.u64(16)),
    submittedby: record.text(3) };
  for (const [name, value] of Object.entries(optional)) {
    if (value !== null) envelope[name] = value;
  }
  const personal = record.structs(11);
  return { envelope, version: record.u64(0), data: dataOf(type, payload),
    personal: personal && personal.map((section) => classes[section.u16(0)]),
    sections: (personal ?? []).map((section) => ({ personalClass: classes[section.u16(0)],
      commitment: section.data(3), ciphertext: section.data(4) })) };
}
