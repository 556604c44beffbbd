/** Data or a template that no requests can be made of; the message is one sentence for a person. */
export class DataError extends Error {}
