import type { App } from '../app';

/** Ends the check of the file in front that began by itself. */
export function stopCheck({ activeFile, largeFiles }: App): void {
  if (activeFile.uri) largeFiles.stop(activeFile.uri);
}
