/** The files of a zip archive, from its central directory: name and size in bytes when unpacked. */
export function zipEntries(archive: Buffer): ReadonlyMap<string, number> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('This is not a zip archive.');
  const entries = new Map<string, number>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.set(archive.toString('utf8', at + 46, at + 46 + name), archive.readUInt32LE(at + 24));
    at += 46 + name + extra + comment;
  }
  return entries;
}
