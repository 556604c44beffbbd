/** Writes a megabyte to the path it is given and prints the error's kind and sentence: run where the disk is too small. */
import { writeNewFile } from '../../runs/new-file';
import { isRunError } from '../../runs/run-error';

async function* megabyte() {
  for (let i = 0; i < 16; i++) yield Buffer.alloc(1 << 16, 'x');
}

writeNewFile(process.argv[2] ?? '', megabyte(), { like: null }).catch((error: unknown) => {
  if (!isRunError(error)) throw error;
  process.stdout.write(`${error.kind}: ${error.message}`);
});
