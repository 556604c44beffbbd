import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  type ParseErrorCode,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { parseSplitSize } from '../batch/bulk/split-size';
import { API_VERSIONS, BETA_NAME } from '../batch/context';
import { MODEL_FIELDS } from '../batch/cost/models';
import { SEVERITIES, type Severity } from '../batch/finding';
import { isArray, isObject, type Json, type JsonObject } from '../batch/json';
import { ruleById } from '../batch/rules';

export const SETTINGS_FILE = 'message-batches.json';

/** What `message-batches.json` may say; `schemas/message-batches.schema.json` explains each. */
export interface ProjectSettings {
  readonly apiVersion?: string;
  readonly betas?: readonly string[];
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly overrides: readonly { readonly files: readonly string[]; readonly rules: ProjectSettings['rules'] }[];
  readonly models: { readonly [id: string]: JsonObject };
  /** USD. */
  readonly maxCost?: number;
  /** Tokens of an answer where none was seen. */
  readonly expectedOutput?: number;
  /** Relative to the settings file, inside its folder. */
  readonly resultsFolder?: string;
  /** Requests, or a size such as `50MB`: what is more goes over as several batches. */
  readonly splitAt?: number | string;
}

/** A settings file as it was read: what it says, and what in it was not understood. */
export interface SettingsRead {
  /** Absolute; null where there is none. */
  readonly path: string | null;
  readonly settings: ProjectSettings;
  readonly faults: readonly SettingsFault[];
}

/** What is wrong in the settings file, with UTF-16 offsets into it. What was not understood does not count. */
export interface SettingsFault {
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** `message-batches.json, line 3: "maxcost" is no setting; …` */
export function faultPhrase(settings: string, { line, message }: SettingsFault): string {
  return `${settings}, line ${line}: ${message}`;
}

/** Reads the `message-batches.json` nearest upwards from a file; never throws. */
export async function readSettings(batchFile: string): Promise<SettingsRead> {
  for (let folder = dirname(batchFile); ; folder = dirname(folder)) {
    const path = join(folder, SETTINGS_FILE);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return { path, ...parseSettings(text) };
    if (dirname(folder) === folder) return { path: null, settings: NO_SETTINGS, faults: [] };
  }
}

/** Reads the text of a settings file (comments and trailing commas are allowed); never throws. */
export function parseSettings(text: string): Omit<SettingsRead, 'path'> {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  // The others follow from the first.
  const syntax = errors.slice(0, 1).map(({ error, offset, length }) => ({
    message: `The settings are no valid JSON: ${syntaxPhrase(error)}.`,
    start: offset,
    end: offset + length,
  }));
  const value = tree ? (getNodeValue(tree) as Json) : {};
  const withLine = (fault: Omit<SettingsFault, 'line'>): SettingsFault => ({
    ...fault,
    line: lineAt(text, fault.start),
  });
  if (!isObject(value)) return { settings: NO_SETTINGS, faults: [...syntax, NO_OBJECT].map(withLine) };
  const fields = Object.entries(value);
  const faults = fields
    .flatMap(([name, it]) => faultOf(name, it ?? null))
    .map(({ at, message }) => ({ message, ...rangeAt(tree, at) }));
  const understood = Object.fromEntries(fields.filter(([name, it]) => faultOf(name, it ?? null).length === 0));
  return { settings: { ...NO_SETTINGS, ...understood }, faults: [...syntax, ...faults].map(withLine) };
}

/** 1-based. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

/** `close brace expected` */
function syntaxPhrase(code: ParseErrorCode): string {
  return printParseErrorCode(code)
    .replaceAll(/(?!^)[A-Z]/g, ' $&')
    .toLowerCase();
}

const NO_OBJECT: Omit<SettingsFault, 'line'> = {
  message: 'The settings are an object, such as { "apiVersion": "2026-10-21" }.',
  start: 0,
  end: 1,
};

const NO_SETTINGS: ProjectSettings = { rules: {}, overrides: [], models: {} };

interface Fault {
  readonly at: readonly (string | number)[];
  readonly message: string;
}

/** What each setting must be; a sentence says what it is not. */
const CHECKS: { readonly [name: string]: (value: Json) => Fault[] } = {
  $schema: () => [],
  apiVersion: (value) =>
    API_VERSIONS.some((it) => it === value)
      ? []
      : [{ at: ['apiVersion'], message: `"apiVersion" is one of ${API_VERSIONS.join(', ')}.` }],
  betas: (value) =>
    isStrings(value) && value.every((it) => BETA_NAME.test(String(it)))
      ? []
      : [{ at: ['betas'], message: '"betas" is a list of names of betas.' }],
  rules: (value) => severityFaults(value, ['rules']),
  overrides: (value) => overrideFaults(value),
  models: (value) => modelFaults(value),
  maxCost: (value) =>
    typeof value === 'number' && value >= 0 ? [] : [{ at: ['maxCost'], message: '"maxCost" is an amount in USD.' }],
  expectedOutput: (value) =>
    typeof value === 'number' && value >= 1
      ? []
      : [{ at: ['expectedOutput'], message: '"expectedOutput" is a number of tokens.' }],
  resultsFolder: (value) =>
    typeof value === 'string' && isInside(value)
      ? []
      : [{ at: ['resultsFolder'], message: '"resultsFolder" is a folder below the one of this file.' }],
  splitAt: (value) =>
    parseSplitSize(String(value))
      ? []
      : [{ at: ['splitAt'], message: '"splitAt" is a number of requests, or a size such as "50MB".' }],
};

function faultOf(name: string, value: Json): Fault[] {
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  return check
    ? check(value)
    : [{ at: [name], message: `"${name}" is no setting; there are ${Object.keys(CHECKS).slice(1).join(', ')}.` }];
}

function severityFaults(value: Json, at: Fault['at']): Fault[] {
  if (!isObject(value)) return [{ at, message: '"rules" maps ids of rules to severities.' }];
  return Object.entries(value).flatMap(([id, severity]): Fault[] => {
    if (!ruleById.has(id)) return [{ at: [...at, id], message: `There is no rule "${id}".` }];
    const known = severity === 'off' || SEVERITIES.some((it) => it === severity);
    return known ? [] : [{ at: [...at, id], message: `A severity is one of ${SEVERITIES.join(', ')} and off.` }];
  });
}

function modelFaults(value: Json): Fault[] {
  if (!isObject(value)) return [{ at: ['models'], message: '"models" maps model ids to fields of a model.' }];
  return Object.entries(value).flatMap(([id, fields]): Fault[] => {
    if (!isObject(fields)) return [{ at: ['models', id], message: 'A model is an object of its fields.' }];
    const unknown = Object.keys(fields).filter((name) => !MODEL_FIELDS.includes(name));
    return unknown.map((name) => ({
      at: ['models', id, name],
      message: `"${name}" is no field of a model; there are ${MODEL_FIELDS.join(', ')}.`,
    }));
  });
}

function overrideFaults(value: Json): Fault[] {
  if (!isArray(value)) return [{ at: ['overrides'], message: '"overrides" is a list of { "files", "rules" }.' }];
  return value.flatMap((it, i): Fault[] => {
    if (!isObject(it) || !isStrings(it.files))
      return [{ at: ['overrides', i], message: 'An override has "files", a list of globs, and "rules".' }];
    return severityFaults(it.rules ?? {}, ['overrides', i, 'rules']);
  });
}

function isStrings(value: Json | undefined): value is string[] {
  return isArray(value) && value.every((it) => typeof it === 'string');
}

/** Nothing is written outside the workspace because a file in it said so. */
function isInside(folder: string): boolean {
  return !/^([\\/]|[a-zA-Z]:)/.test(folder) && !folder.split(/[\\/]/).includes('..');
}

function rangeAt(tree: Node | undefined, at: Fault['at']): { start: number; end: number } {
  const node = tree && findNodeAtLocation(tree, [...at]);
  return node ? { start: node.offset, end: node.offset + node.length } : { start: 0, end: 1 };
}
