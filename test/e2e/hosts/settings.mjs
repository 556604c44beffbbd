import path from 'node:path';

/** User settings that keep a fresh VS Code quiet: nothing opens, nothing is fetched, nothing is saved by itself. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.editorLargeFileConfirmation': 1000,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** This process's environment and `env`, but without the key and the VS Code of the person who runs it; state lies in `home`. */
export function cleanEnvironment(home, env) {
  const theirs = /^(ANTHROPIC_|MESSAGE_BATCHES_|VSCODE_|ELECTRON_|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([name]) => !theirs.test(name));
  return { ...Object.fromEntries(kept), MESSAGE_BATCHES_STATE_DIR: path.join(home, 'state'), ...env };
}
