// Reads a tar archive: regular files with short names, which is all that the browser's package holds.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const block = 512;

/** Writes the files of `archive` (bytes of a ustar file) below `folder`, with their permissions. */
export function untar(archive, folder) {
  for (const { name, mode, bytes } of entries(archive)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    chmodSync(file, mode);
  }
}

function* entries(archive) {
  for (let at = 0; at < archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + block);
    const size = octal(header, 124, 12);
    const start = at + block;
    const type = String.fromCharCode(header[156] || 48);
    if (type === '0') {
      yield { name: text(header, 0, 100), mode: octal(header, 100, 8), bytes: archive.subarray(start, start + size) };
    }
    at = start + Math.ceil(size / block) * block;
  }
}

function octal(header, at, length) {
  return Number.parseInt(text(header, at, length), 8);
}

function text(header, at, length) {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
}
