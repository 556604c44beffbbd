/** What others wrote (an API's message, a file's name) as words of a notification, in which VS Code looks for links and commands. */
export function plainNotice(text: string): string {
  return text.replaceAll('](', '] (');
}

/** The same as a part of Markdown: no link, no picture, no heading comes of it. */
export function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]()!<>#|~]/g, '\\$&');
}
