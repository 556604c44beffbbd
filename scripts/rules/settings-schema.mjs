/** The JSON Schema of message-batches.json: what editors complete and explain in it. */
export function settingsSchema({ rules, API_VERSIONS, SEVERITIES, modelFields }) {
  const severity = { enum: [...SEVERITIES, 'off'] };
  const perRule = {
    type: 'object',
    description: 'Severities by rule.',
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.map(({ id, title, severity: own }) => [
        id,
        { ...severity, description: `${title}. Without this: ${own}.` },
      ]),
    ),
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of Message Batches (message-batches.json)',
    description: 'What batch files in this folder and below are judged by, and sent with.',
    type: 'object',
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      $schema: { type: 'string' },
      apiVersion: {
        enum: [...API_VERSIONS],
        description: 'The anthropic-version header. 2026-10-21 takes no temperature, top_p and top_k.',
      },
      betas: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        uniqueItems: true,
        description: 'The anthropic-beta header, such as "output-300k-2026-03-24".',
      },
      rules: perRule,
      overrides: {
        type: 'array',
        description: 'Severities for some of the files; later ones win.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files', 'rules'],
          properties: {
            files: {
              type: 'array',
              items: { type: 'string' },
              description: 'Globs, relative to this file: "drafts/**/*.batch.jsonl".',
            },
            rules: perRule,
          },
        },
      },
      models: {
        type: 'object',
        description:
          'Models to add, or fields of known ones to change, by id: { "claude-next": { "max_output_tokens": 128000 } }.',
        additionalProperties: modelFields,
      },
      maxCost: { type: 'number', minimum: 0, description: 'USD that one batch may cost at most.' },
      expectedOutput: {
        type: 'number',
        minimum: 1,
        description: 'Tokens that an answer is expected to have, until finished runs of the same file or model tell.',
      },
      resultsFolder: {
        type: 'string',
        description: 'Where results are written instead of beside the batch file: a folder below the one of this file.',
      },
      splitAt: {
        anyOf: [
          { type: 'integer', minimum: 1 },
          { type: 'string', pattern: '^\\d+(\\.\\d+)? *([kKmM][bB])?$' },
        ],
        description:
          'Requests, or a size such as "50MB", above which a file goes over as several batches of one run; by default what the API takes.',
      },
    },
  };
}
