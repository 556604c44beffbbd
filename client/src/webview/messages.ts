/** What the results panel is told and what it answers. Types only: the panel and the extension share no code. */
export interface AnswerView {
  readonly customId: string;
  /** `line 12`, `sandbox · line 12` */
  readonly place: string;
  /** `answered` is a success; the others are shown as what they are. `absent` has no row in the file. */
  readonly state: 'answered' | 'failed' | 'expired' | 'canceled' | 'absent';
  /** `Answered`, `Failed`, … */
  readonly headline: string;
  /** The API's own message, or what a person should know of this answer; empty when all is well. */
  readonly notice: string;
  readonly facts: readonly Fact[];
  readonly blocks: readonly Block[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** `html` was made from Markdown and is not to be trusted; `text` is shown as it is. */
export interface Block {
  readonly kind: 'html' | 'text';
  /** `Thinking`, `Tool call: record_invoice`; empty for the answer itself. */
  readonly title: string;
  readonly content: string;
}

export type ToPanel =
  | { readonly type: 'answer'; readonly answer: AnswerView }
  | { readonly type: 'nothing'; readonly text: string };

export type FromPanel = { readonly type: 'ready' | 'next' | 'previous' | 'reveal' };
