import { advisor } from './advisor';
import { bareCr } from './bare-cr';
import { batchTooLarge } from './batch-too-large';
import { blankLine } from './blank-line';
import { byteOrderMark } from './byte-order-mark';
import { cacheBreakpointMissing } from './cache-breakpoint-missing';
import { cacheBreakpoints } from './cache-breakpoints';
import { cacheEmptyText } from './cache-empty-text';
import { cachePrefixDiffers } from './cache-prefix-differs';
import { cachePrefixShort } from './cache-prefix-short';
import { cacheShortTtl } from './cache-short-ttl';
import { cacheTtlOrder } from './cache-ttl-order';
import { cacheUnread } from './cache-unread';
import { citationsMixed } from './citations-mixed';
import { clearThinkingEdit } from './clear-thinking-edit';
import { container } from './container';
import { contextWindow } from './context-window';
import { customId } from './custom-id';
import { deferredTools } from './deferred-tools';
import { deprecatedModel } from './deprecated-model';
import { documentInAssistant } from './document-in-assistant';
import { duplicateCustomId } from './duplicate-custom-id';
import { duplicateKey } from './duplicate-key';
import { duplicateToolName } from './duplicate-tool-name';
import { effortLevel } from './effort-level';
import { effortWithoutThinking } from './effort-without-thinking';
import { emptyContent } from './empty-content';
import { emptyFile } from './empty-file';
import { forcedToolWithThinking } from './forced-tool-with-thinking';
import { foreignShape } from './foreign-shape';
import { formatSchema } from './format-schema';
import { formatWithCitations } from './format-with-citations';
import { formatWithPrefill } from './format-with-prefill';
import { imageCount } from './image-count';
import { imageData } from './image-data';
import { imageInAssistant } from './image-in-assistant';
import { imageMediaType } from './image-media-type';
import { imageOversized } from './image-oversized';
import { imageSize } from './image-size';
import { inferenceGeo } from './inference-geo';
import { invalidJson } from './invalid-json';
import { invalidUtf8 } from './invalid-utf8';
import { invalidValue } from './invalid-value';
import { largeMaxTokens } from './large-max-tokens';
import { loneSurrogate } from './lone-surrogate';
import { longPromptPrice } from './long-prompt-price';
import { lowerPrice } from './lower-price';
import { maxTokens } from './max-tokens';
import { mcpToolset } from './mcp-toolset';
import { mediaEncoding } from './media-encoding';
import { mediaUrl } from './media-url';
import { mediaUrlReachable } from './media-url-reachable';
import { missingField } from './missing-field';
import { needsBeta } from './needs-beta';
import { notAnObject } from './not-an-object';
import { numberOutOfRange } from './number-out-of-range';
import { outputFormat } from './output-format';
import { pdfData } from './pdf-data';
import { pdfPages } from './pdf-pages';
import { prefill } from './prefill';
import { repeatedRequest } from './repeated-request';
import { retiredModel } from './retired-model';
import type { FileRule, LineRule, RuleInfo, SizeRule, TextRule } from './rule';
import { samplingParams } from './sampling-params';
import { samplingWithThinking } from './sampling-with-thinking';
import { serverToolPairing } from './server-tool-pairing';
import { serviceTier } from './service-tier';
import { smallMaxTokens } from './small-max-tokens';
import { strictAdditionalProperties } from './strict-additional-properties';
import { strictEnum } from './strict-enum';
import { strictKeyword } from './strict-keyword';
import { strictLimits } from './strict-limits';
import { strictRef } from './strict-ref';
import { strictType } from './strict-type';
import { systemMessage } from './system-message';
import { temperatureAndTopP } from './temperature-and-top-p';
import { thinkingBlockPlace } from './thinking-block-place';
import { thinkingBudget } from './thinking-budget';
import { thinkingFirstBlock } from './thinking-first-block';
import { thinkingSignature } from './thinking-signature';
import { thinkingType } from './thinking-type';
import { tooDeep } from './too-deep';
import { tooManyRequests } from './too-many-requests';
import { toolChoice } from './tool-choice';
import { toolExamples } from './tool-examples';
import { toolPairing } from './tool-pairing';
import { toolReference } from './tool-reference';
import { toolSchema } from './tool-schema';
import { unknownField } from './unknown-field';
import { unknownModel } from './unknown-model';
import { unknownType } from './unknown-type';
import { unsupportedParam } from './unsupported-param';
import { unsupportedTool } from './unsupported-tool';
import { userCountry } from './user-country';
import { userTextCitations } from './user-text-citations';
import { webToolDomains } from './web-tool-domains';
import { wrongType } from './wrong-type';

/** Rules over a line's raw text. */
export const textRules: readonly TextRule[] = [byteOrderMark, duplicateKey, loneSurrogate, numberOutOfRange];

/** What the reading of a file and of its lines finds by itself. */
const readingRules: readonly RuleInfo[] = [
  bareCr,
  blankLine,
  foreignShape,
  invalidJson,
  invalidUtf8,
  notAnObject,
  tooDeep,
];

/** What the schema refuses, explained. */
const shapeRules: readonly RuleInfo[] = [invalidValue, missingField, unknownField, unknownType, wrongType];

/** Rules over one request. */
export const lineRules: readonly LineRule[] = [
  advisor,
  cacheBreakpoints,
  cacheEmptyText,
  cacheShortTtl,
  cacheTtlOrder,
  citationsMixed,
  clearThinkingEdit,
  container,
  customId,
  deferredTools,
  deprecatedModel,
  documentInAssistant,
  duplicateToolName,
  effortLevel,
  effortWithoutThinking,
  emptyContent,
  forcedToolWithThinking,
  formatSchema,
  formatWithCitations,
  formatWithPrefill,
  imageCount,
  imageData,
  imageInAssistant,
  imageMediaType,
  imageOversized,
  imageSize,
  inferenceGeo,
  largeMaxTokens,
  maxTokens,
  mcpToolset,
  mediaEncoding,
  mediaUrl,
  mediaUrlReachable,
  needsBeta,
  outputFormat,
  pdfData,
  pdfPages,
  prefill,
  retiredModel,
  samplingParams,
  samplingWithThinking,
  serverToolPairing,
  serviceTier,
  smallMaxTokens,
  strictAdditionalProperties,
  strictEnum,
  strictKeyword,
  strictLimits,
  strictRef,
  strictType,
  systemMessage,
  temperatureAndTopP,
  thinkingBlockPlace,
  thinkingBudget,
  thinkingFirstBlock,
  thinkingSignature,
  thinkingType,
  toolChoice,
  toolExamples,
  toolPairing,
  toolReference,
  toolSchema,
  unknownModel,
  unsupportedParam,
  unsupportedTool,
  userCountry,
  userTextCitations,
  webToolDomains,
];

/** Rules over the estimated size of a request. */
export const sizeRules: readonly SizeRule[] = [cachePrefixShort, contextWindow, longPromptPrice];

/** Rules over the file as a whole. */
export const fileRules: readonly FileRule[] = [
  batchTooLarge,
  cacheBreakpointMissing,
  cachePrefixDiffers,
  cacheUnread,
  duplicateCustomId,
  emptyFile,
  lowerPrice,
  repeatedRequest,
  tooManyRequests,
];

/** Every rule, by id. */
export const rules: readonly RuleInfo[] = [
  ...readingRules,
  ...textRules,
  ...shapeRules,
  ...lineRules,
  ...sizeRules,
  ...fileRules,
].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Every rule by its id. */
export const ruleById: ReadonlyMap<string, RuleInfo> = new Map(rules.map((rule) => [rule.id, rule]));
