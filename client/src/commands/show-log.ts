import type { App } from '../app';

export function showLog({ log }: App): void {
  log.show();
}
