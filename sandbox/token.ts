/** Every token of a sandbox begins with this, and no key of the real API does. */
export const SANDBOX_TOKEN = 'sk-sandbox-';
