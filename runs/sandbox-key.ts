const TOKEN = 'sk-sandbox-';
const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether what is sent to `baseUrl` with `key` goes to a sandbox, where nothing costs anything: every token of one begins
 * so and no key of the real API does, and a sandbox listens on this machine only. Another host may take any key and bill.
 */
export function isSandboxKey(key: string, baseUrl: string): boolean {
  return key.startsWith(TOKEN) && URL.canParse(baseUrl) && LOOPBACK.includes(new URL(baseUrl).hostname);
}
