import limits from '../schemas/limits.json';

/** The API's limits, from `schemas/limits.json`, where each has its unit, source and date. */
export const MAX_REQUESTS = limits.max_requests.value;
export const WARN_BODY_BYTES = limits.warn_body_bytes.value;
export const MAX_BODY_BYTES = limits.max_body_bytes.value;
export const CUSTOM_ID_MAX_LENGTH = limits.custom_id_max_length.value;
export const PROCESSING_WINDOW_HOURS = limits.processing_window_hours.value;
export const RESULTS_DAYS = limits.results_days.value;
export const MAX_DEPTH = limits.max_depth.value;
export const CUSTOM_ID_PATTERN = limits.custom_id_pattern.value;
export const MAX_MESSAGES_BODY_BYTES = limits.messages_max_bytes.value;
export const LIST_PAGE_DEFAULT = limits.list_page_default.value;
export const LIST_PAGE_MAX = limits.list_page_max.value;
export const MAX_CACHE_BREAKPOINTS = limits.cache_breakpoints.value;
export const LARGE_MAX_TOKENS_FACTOR = limits.large_max_tokens_factor.value;
export const SMALL_MAX_TOKENS = limits.small_max_tokens.value;
