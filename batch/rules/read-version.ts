import { API_VERSIONS, type Context } from '../context';
import type { Fix } from '../edit';

/** The older `anthropic-version`, which takes what the newer one refuses. */
export const OLDER_VERSION = API_VERSIONS[0];

export function isOlderVersion({ apiVersion }: Context): boolean {
  return apiVersion === OLDER_VERSION;
}

/** For a request that may be right where the setting is wrong. */
export const USE_OLDER_VERSION: Fix = {
  title: `Use API Version ${OLDER_VERSION} in This Workspace`,
  edits: [],
  settings: { apiVersion: OLDER_VERSION },
};
