import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type FileKind, foreignShapeOf, RECOGNISED_LENGTH, recognise } from '../batch/recognise';

/** What the beginning of a file tells of it. */
export interface FileHead {
  readonly kind: FileKind;
  /** Which other shape it is, where `kind` is `other-shape`. */
  readonly foreignShape: string | null;
  /** What it is when it is no UTF-8 text: `UTF-16 text`, `a binary file`. */
  readonly notText: string | null;
}

/** Recognises a file from its name and its first bytes. Throws what the file system throws. */
export async function readHead(path: string): Promise<FileHead> {
  const bytes = await firstBytes(path);
  const notText = otherEncoding(bytes);
  const text = notText ? '' : bytes.toString('utf8');
  const kind = recognise(basename(path), text);
  return { kind, foreignShape: kind === 'other-shape' ? foreignShapeOf(text) : null, notText };
}

/** At most as many bytes as recognise a file. Throws what the file system throws. */
export async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(RECOGNISED_LENGTH), 0, RECOGNISED_LENGTH, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Text in UTF-8 has no zero bytes; UTF-16 of mostly Latin text has one in every two. */
function otherEncoding(bytes: Buffer): string | null {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff) return 'UTF-16 text';
  return bytes.includes(0) ? 'a binary file' : null;
}
