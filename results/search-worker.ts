import { parentPort, workerData } from 'node:worker_threads';
import { readLines } from '../files/read-lines';
import { parseLine } from '../runs/custom-id';
import { matcherOf } from './search';
import type { SearchNews, SearchTask } from './search-thread';

/** The thread behind `searchRows`: one search, then it ends. */
const { paths, pattern } = workerData as SearchTask;
const tell = (news: SearchNews): void => parentPort?.postMessage(news);

async function search(): Promise<void> {
  const matches = matcherOf(pattern);
  const lines: number[][] = [];
  let matchedFor = 0;
  for (const [file, path] of paths.entries()) {
    const found: number[] = [];
    let line = 0;
    let chunk: unknown[] = [];
    const first: number[] = [];
    const matchChunk = (): void => {
      const start = performance.now();
      for (const [index, row] of chunk.entries()) if (matches(row)) found.push(first[index] ?? 0);
      matchedFor += performance.now() - start;
      chunk = [];
      first.length = 0;
    };
    await readLines(
      path,
      (raw) => {
        if (!raw.isBlank) {
          chunk.push(parseLine(raw.bytes));
          first.push(line);
        }
        line++;
      },
      {
        blocking: true,
        onProgress: (read, size) => {
          matchChunk();
          tell({ done: (file + read / size) / paths.length, matchedFor });
        },
      },
    );
    matchChunk();
    lines.push(found);
  }
  tell({ lines });
}

void search().catch((error: Error) => tell({ problem: error.message }));
