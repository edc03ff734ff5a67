/** What is counted about answers? Which were found good or bad, and which questions got none; of nobody, and no words. */
import type { About } from '../runs/answered'

/** What can be ticked beside a thumb. */
export const reasonsUp = ['clear', 'solved', 'right-size'] as const
export const reasonsDown = ['wrong', 'outdated', 'unclear', 'off-topic', 'too-long'] as const
export type Reason = (typeof reasonsUp)[number] | (typeof reasonsDown)[number]

/** Thumbs, "that was wrong" in words, and a question that was not understood. */
export const kinds = ['up', 'down', 'said-wrong', 'not-sure'] as const
export type Kind = (typeof kinds)[number]

export interface Noted {
  readonly kind: Kind
  /** Of a question that was not understood: what it was nearest to. */
  readonly about?: Partial<About> | undefined
  readonly reasons?: readonly Reason[]
  /** How sure the nearest guess was, 0..1. */
  readonly confidence?: number
  /** What was written beside a thumb; kept only where the operator wants it. */
  readonly comment?: string | undefined
}
