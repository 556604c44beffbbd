const REFUSED = {
  create: 'refused when the batch is created',
  row: 'refused in the row, while it runs',
  never: 'accepted',
};

/** The text of docs/rules.md: a table, then a section for each rule under its id, which diagnostics link to. */
export function rulesPage({ rules, bundledModels, analyseLine }) {
  const context = {
    apiVersion: '2026-10-21',
    betas: [],
    models: bundledModels,
    now: Date.parse(bundledModels.date),
    severities: {},
  };
  const fixesOf = (rule) =>
    rule.examples ? analyseLine(rule.examples.bad, context).findings.filter((finding) => finding.rule === rule.id) : [];
  return `${[HEAD, table(rules), ...rules.map((rule) => section(rule, fixesOf(rule)[0]))].join('\n\n')}\n`;
}

const HEAD = `<!-- Written by scripts/generate-rules.mjs from batch/rules: do not edit. -->

# Rules

What is said of a batch file, and why.
An **error** is refused by the API; a **warning** is accepted but surely not meant, or is mended by and by (an empty
file); an **information** is what the file alone cannot decide; a **hint** is advice.
\`message-batches.json\` gives a rule another severity: \`{ "rules": { "unknown-field": "warning", "blank-line": "off" } }\`.`;

function table(rules) {
  const rows = rules.map(
    ({ id, severity, refusedAt, title }) => `| [${id}](#${id}) | ${severity} | ${REFUSED[refusedAt]} | ${title} |`,
  );
  return ['| Rule | Severity | The API | |', '|---|---|---|---|', ...rows].join('\n');
}

function section({ id, severity, refusedAt, title, docs, examples }, finding) {
  const parts = [`## ${id}`, `**${title}** — ${severity}; ${REFUSED[refusedAt]}.`, docs];
  if (examples) parts.push('Wrong:', fenced(examples.bad));
  if (finding) parts.push(`> ${finding.message}`);
  if (finding?.fixes.length > 0) parts.push(`Quick fixes: ${finding.fixes.map((fix) => fix.title).join(' · ')}.`);
  if (examples) parts.push('Right:', fenced(examples.good));
  return parts.join('\n\n');
}

const fenced = (line) => `\`\`\`json\n${line}\n\`\`\``;
