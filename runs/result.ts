import type { MessageBatchIndividualResponse, MessageBatchResult } from '@anthropic-ai/sdk/resources/messages/batches';
import type { Usage } from '@anthropic-ai/sdk/resources/messages/messages';

/** One line of a results file, as the API wrote it. */
export type ResultRow = MessageBatchIndividualResponse;
export type ResultKind = MessageBatchResult['type'];
export type { Usage };

/** The result types of the API, in the order in which they are shown. */
export const RESULT_KINDS = ['succeeded', 'errored', 'canceled', 'expired'] as const satisfies readonly ResultKind[];
