import type { Agent } from 'node:http';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/**
 * The way to `url` that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name; undefined where it leads there directly. For the
 * terminal: an editor has settings for it. `NODE_EXTRA_CA_CERTS` is Node's own matter.
 */
export function environmentProxy(url: string): Agent | undefined {
  const proxy = getProxyForUrl(url);
  if (proxy === '') return undefined;
  return url.startsWith('https:') ? new HttpsProxyAgent(proxy) : new HttpProxyAgent(proxy);
}
