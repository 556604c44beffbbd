import type { Model, ModelTable } from './cost/models';
import { isObject, type Json, type JsonObject } from './json';

/** What the Models API said of the models of one key, as fields of the model table. Plain data: it is stored and sent. */
export interface ModelsOverlay {
  /** ISO day on which the API was asked. */
  readonly date: string;
  /** By id. */
  readonly models: { readonly [id: string]: JsonObject };
}

/**
 * The rows of `GET /v1/models` as an overlay: limits, effort levels, thinking types and retirement. What a row does not
 * say, or says in another way than is known here, stays as it is in the table; a row without an id is left out.
 */
export function overlayOf(rows: readonly Json[], table: ModelTable, date: string): ModelsOverlay {
  const scale = effortScale(table);
  const models = rows.flatMap((row) => {
    const id = isObject(row) ? row.id : undefined;
    return isObject(row) && typeof id === 'string' ? [[id, fieldsOf(row, table.find(id), scale)] as const] : [];
  });
  return { date, models: Object.fromEntries(models) };
}

/** The table with an overlay laid over it; without one that is younger than the table itself (its date), the table. */
export function overlaid(table: ModelTable, overlay: unknown): ModelTable {
  if (!isOverlay(overlay) || overlay.date < table.date) return table;
  return table.with(overlay.models, overlay.date);
}

function isOverlay(value: unknown): value is ModelsOverlay {
  if (!isObject(value) || typeof value.date !== 'string' || !isObject(value.models)) return false;
  return Object.values(value.models).every(isObject);
}

function fieldsOf(row: JsonObject, known: Model | undefined, scale: readonly string[]): JsonObject {
  const { display_name: name, max_input_tokens: window, max_tokens: output, capabilities } = row;
  const { effort, thinking } = isObject(capabilities) ? capabilities : {};
  return {
    ...(typeof name === 'string' && { name }),
    ...(isCount(window) && { context_window: window }),
    ...(isCount(output) && { max_output_tokens: output }),
    ...lifeOf(row),
    ...(isObject(effort) && effortOf(effort, scale)),
    ...(isObject(thinking) && isObject(thinking.types) && thinkingOf(thinking.types, known)),
  };
}

/** A model is retired when the API says so, not when its date has come. */
function lifeOf({ lifecycle, retires_at: at }: JsonObject): JsonObject {
  if (lifecycle !== 'active' && lifecycle !== 'deprecated' && lifecycle !== 'retired') return {};
  const day = typeof at === 'string' ? at.slice(0, 10) : null;
  const isOver = lifecycle === 'retired';
  return { status: lifecycle, retires_on: isOver ? null : day, ...(isOver && { retired_on: day }) };
}

/** Levels have an order, which the API's answer does not show. */
function effortOf(levels: JsonObject, scale: readonly string[]): JsonObject {
  if (levels.supported === false) return { effort: null };
  const known = supported(levels).filter((level) => scale.includes(level));
  return known.length === 0 ? {} : { effort: known.sort((a, b) => scale.indexOf(a) - scale.indexOf(b)) };
}

/** Every level, from least to most: what the model with the most levels takes. */
function effortScale({ models }: ModelTable): readonly string[] {
  return models.reduce<readonly string[]>(
    (most, { effort }) => (effort && effort.length > most.length ? effort : most),
    [],
  );
}

/** Some models are known to take a type only together with others: what the table says of that holds on. */
function thinkingOf(types: JsonObject, known: Model | undefined): JsonObject {
  const accepts = supported(types);
  if (accepts.length === 0) return {};
  const { thinking = null } = known ?? {};
  return { thinking: { default: 'on', disabled_max_effort: null, disabled_fixes_effort: false, ...thinking, accepts } };
}

/** `{"low": {"supported": true}, "max": null}` → `["low"]` */
function supported(levels: JsonObject): string[] {
  return Object.entries(levels).flatMap(([name, level]) => (isObject(level) && level.supported === true ? [name] : []));
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
