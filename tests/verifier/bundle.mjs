import { malformed } from './encoding.mjs';
export function parseSums() { malformed('x'); }
