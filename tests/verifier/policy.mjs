// Whose cosignatures a checkpoint needs (C2SP tlog-policy).
import { lines, malformed } from './encoding.mjs';
import { cosignatureV1, ed25519, parseKey } from './notes.mjs';

class Reader {
  logs = [];
  witnesses = [];
  defined = new Map(); // Name to what cosigns for it.
  members = new Set();
  quorum = null;

  key(text, type, others) {
    const key = parseKey(text);
    if (key.type !== type) malformed('a key of the wrong type');
    if (others.some((other) => other.publicKey.equals(key.publicKey))) malformed('a key twice');
    return key;
  }

  define(name, isMetBy) {
    if (name === 'none' || this.defined.has(name)) malformed('a name that is taken');
    this.defined.set(name, isMetBy);
  }

  log(items) {
    if (items.length < 1 || items.length > 2) malformed('log <vkey> [<url>]');
    this.logs.push(this.key(items[0], ed25519, this.logs));
  }

  witness(items) {
    if (items.length < 2 || items.length > 3) malformed('witness <name> <vkey> [<url>]');
    const key = this.key(items[1], cosignatureV1, this.witnesses.map((each) => each.key));
    this.define(items[0], (cosigned) => cosigned.has(items[0]));
    this.witnesses.push({ name: items[0], key });
  }

  threshold(text, count) {
    if (text === 'any') return 1;
    if (text === 'all') return count;
    if (!/^[1-9][0-9]{0,8}$/.test(text) || Number(text) > count) malformed('a threshold of none');
    return Number(text);
  }

  group(items) {
    if (items.length < 3) malformed('group <name> all|any|<k> <member>…');
    const [name, k, ...members] = items;
    const needed = this.threshold(k, members.length);
    const parts = members.map((member) => {
      if (this.members.has(member)) malformed('a member twice');
      this.members.add(member);
      return this.defined.get(member) ?? malformed('a member that is not defined');
    });
    this.define(name, (cosigned) => parts.filter((part) => part(cosigned)).length >= needed);
  }

  setQuorum(items) {
    if (items.length !== 1 || this.quorum !== null) malformed('one quorum, once');
    const [name] = items;
    if (name !== 'none' && !this.defined.has(name)) malformed('a quorum that is not defined');
    this.quorum = name;
  }

  line(text) {
    const items = text.split(/[ \t]+/).filter((item) => item !== '');
    if (items.length === 0 || items[0].startsWith('#')) return;
    const readers = {
      log: this.log, witness: this.witness, group: this.group, quorum: this.setQuorum,
    };
    const keyword = items.shift();
    if (!Object.hasOwn(readers, keyword)) malformed('an unknown line');
    readers[keyword].call(this, items);
  }
}

export function parsePolicy(text) {
  if (/[^\t\n\x20-\x7e\x80-\xff]/.test(text)) malformed('a control byte');
  const reader = new Reader();
  for (const line of lines(text)) reader.line(line);
  const { logs, witnesses, quorum, defined } = reader;
  if (quorum === null) malformed('no quorum');
  const isMetBy = quorum === 'none' ? () => true : defined.get(quorum);
  return { logs, witnesses, quorum, isMetBy };
}
