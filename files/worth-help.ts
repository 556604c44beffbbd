/** Bytes of a file from which a second thread brings more than its start costs. */
export const WORTH_HELP = 4 << 20;
