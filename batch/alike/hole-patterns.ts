import { CUSTOM_ID_PATTERN } from '../limits';

/** A `custom_id`, or a name that is only compared with others. */
export const LEGAL_ID = new RegExp(CUSTOM_ID_PATTERN);
/** Base64 in either alphabet. */
export const SIGNATURE = /^[A-Za-z0-9+/_-]+=*$/;
/** Bytes of a label at most: shorter than any limit that the API has for one. */
export const LONGEST_LABEL = 200;
/** As `JSON.stringify` writes it, so that it weighs what is written. */
export const FIGURE = /^(?:0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,7})\.\d{0,4}[1-9])$/;
/** Settings: not negative, no exponent. */
export const WHOLE = /^(?:0|[1-9]\d{0,8})$/;
export const SETTING = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,16})?$/;
