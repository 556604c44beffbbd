/** What rendered Markdown may hold. Everything else is unwrapped to its text, or dropped with it. */
const ALLOWED = new Set(
  'a b blockquote br code dd del dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre s span strong sub sup table tbody td th thead tr ul'.split(
    ' ',
  ),
);
const DROPPED = new Set('embed frame iframe link math meta noscript object script style svg template title'.split(' '));
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  ol: ['start'],
  td: ['align'],
  th: ['align'],
};

/** A model's answer as nodes that can neither run, load, style nor submit anything; links lead to the web only. */
export function sanitise(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const fragment = document.createDocumentFragment();
  for (const child of parsed.body.childNodes) copy(child, fragment);
  return fragment;
}

function copy(node: Node, parent: Node): void {
  if (node instanceof Text) {
    parent.appendChild(document.createTextNode(node.data));
    return;
  }
  if (!(node instanceof Element)) return;
  const name = node.localName;
  if (DROPPED.has(name)) return;
  const target = ALLOWED.has(name) ? parent.appendChild(document.createElement(name)) : parent;
  if (target instanceof HTMLElement && target !== parent) copyAttributes(node, target);
  for (const child of node.childNodes) copy(child, target);
}

function copyAttributes(from: Element, to: HTMLElement): void {
  for (const name of ATTRIBUTES[from.localName] ?? []) {
    const value = from.getAttribute(name);
    if (value !== null && (name !== 'href' || /^https?:/i.test(value))) to.setAttribute(name, value);
  }
}
