import { type Bytes, latin1 } from './base64';

/** What the first bytes of an image say. */
export interface ImageHeader {
  readonly mediaType: (typeof IMAGE_TYPES)[number];
  /** Pixels; undefined where the header does not reach that far. */
  readonly size: Size | undefined;
  /** The file says itself that it is longer than it is. */
  readonly truncated: boolean;
}

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The media types of the images that the API reads. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** Reads the header of a PNG, JPEG, GIF or WebP image; undefined for anything else. Sources: the formats' specifications. */
export function imageHeader(bytes: Bytes): ImageHeader | undefined {
  const head = latin1(bytes, 0, 12);
  const format = FORMATS.find(({ starts }) => starts(head));
  return format && { mediaType: format.mediaType, size: format.size(bytes), truncated: format.truncated(bytes) };
}

interface Format {
  readonly mediaType: ImageHeader['mediaType'];
  /** Whether the first 12 bytes are this format's. */
  starts(head: string): boolean;
  size(bytes: Bytes): Size | undefined;
  truncated(bytes: Bytes): boolean;
}

const unsaid = () => false;

const FORMATS: readonly Format[] = [
  {
    mediaType: 'image/png',
    starts: (head) => head.startsWith('\x89PNG\r\n\x1a\n'),
    size: pngSize,
    truncated: pngTruncated,
  },
  {
    mediaType: 'image/jpeg',
    starts: (head) => head.startsWith('\xff\xd8\xff'),
    size: jpegSize,
    truncated: unsaid,
  },
  {
    mediaType: 'image/gif',
    starts: (head) => head.startsWith('GIF87a') || head.startsWith('GIF89a'),
    size: (bytes) => size(little(bytes, 6, 2), little(bytes, 8, 2)),
    truncated: unsaid,
  },
  {
    mediaType: 'image/webp',
    starts: (head) => head.startsWith('RIFF') && head.startsWith('WEBP', 8),
    size: webpSize,
    truncated: (bytes) => little(bytes, 4, 4) + 8 > bytes.length,
  },
];

function pngSize(bytes: Bytes): Size | undefined {
  return latin1(bytes, 12, 16) === 'IHDR' ? size(big(bytes, 16, 4), big(bytes, 20, 4)) : undefined;
}

/** Walks the chunks (length, type, data, checksum) up to the one that ends the image. */
function pngTruncated(bytes: Bytes): boolean {
  for (let at = 8; ; at += 12 + big(bytes, at, 4)) {
    if (at + 12 > bytes.length) return true;
    const type = latin1(bytes, at + 4, at + 8);
    if (type === 'IEND' || !/^[a-zA-Z]{4}$/.test(type)) return false;
  }
}

/** Walks the segments (marker, length, data) up to the frame header, which may stand behind a long preview. */
function jpegSize(bytes: Bytes): Size | undefined {
  for (let at = 2; bytes.at(at) === 0xff; ) {
    const marker = bytes.at(at + 1);
    if (marker === 0xff) at += 1;
    else if (FRAME_HEADERS.has(marker)) return size(big(bytes, at + 7, 2), big(bytes, at + 5, 2));
    else at += 2 + big(bytes, at + 2, 2);
  }
  return undefined;
}

/** SOF0 to SOF15 without the three markers among them that mean something else. */
const FRAME_HEADERS = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

function webpSize(bytes: Bytes): Size | undefined {
  switch (latin1(bytes, 12, 16)) {
    case 'VP8 ':
      return size(little(bytes, 26, 2) & 0x3fff, little(bytes, 28, 2) & 0x3fff);
    case 'VP8L':
      return size((little(bytes, 21, 2) & 0x3fff) + 1, ((little(bytes, 22, 3) >> 6) & 0x3fff) + 1);
    case 'VP8X':
      return size(little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1);
    default:
      return undefined;
  }
}

function size(width: number, height: number): Size | undefined {
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** An unsigned number of `count` bytes, greatest first; missing bytes count as zero. */
function big(bytes: Bytes, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) value = value * 256 + Math.max(0, bytes.at(index));
  return value;
}

/** The same, least first. */
function little(bytes: Bytes, at: number, count: number): number {
  let value = 0;
  for (let index = at + count - 1; index >= at; index--) value = value * 256 + Math.max(0, bytes.at(index));
  return value;
}
