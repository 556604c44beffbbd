/** The names that VS Code gives to containers: what is written in one is gone when it is built anew. */
const CONTAINERS: readonly string[] = ['dev-container', 'attached-container'];

/** Whether runs are forgotten when the container is built anew; `isMounted` is whether their folder is kept outside of it. */
export function forgetsOnRebuild(remoteName: string | undefined, isMounted: boolean): boolean {
  return remoteName !== undefined && CONTAINERS.includes(remoteName) && !isMounted;
}

export function forgottenOnRebuild(stateDir: string): string {
  return `When this container is rebuilt, its runs are forgotten: the batches go on, and nothing here knows of them. Mount a volume at ${stateDir} to keep them.`;
}
