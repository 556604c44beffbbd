import countries from '../../schemas/countries.json';
import { isObject } from '../json';
import { shown, tools } from './read';
import type { LineRule } from './rule';

/** The country of a web search. */
export const userCountry: LineRule = {
  id: 'user-country',
  severity: 'error',
  refusedAt: 'row',
  title: 'Country that does not exist',
  docs: `\`user_location.country\` of the web search tool is the two-letter code of a country (ISO 3166-1), such as \`FR\`.

The API answers in the row with a 400 that names \`user_location.country\`. It may refuse countries that exist, too.

Source: web search tool page, "Localization" (2026-10-08). The codes are in \`schemas/countries.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"web_search_20250305","name":"web_search","user_location":{"type":"approximate","country":"UK"}}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"web_search_20250305","name":"web_search","user_location":{"type":"approximate","country":"GB"}}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const [{ user_location: location }, path] of tools(params)) {
      if (!isObject(location)) continue;
      const { country } = location;
      if (typeof country !== 'string' || country.length !== 2 || countries.codes.includes(country.toUpperCase()))
        continue;
      report(
        [...path, 'user_location', 'country'],
        `${shown(country)} is no country; write its two-letter ISO 3166-1 code, such as "FR".`,
      );
    }
  },
};
