/** What can be pressed, or typed in its place, and what is true of each: one row a verb. */

interface VerbRow {
  /** Means something only in a guide: without one there is nothing to do. */
  readonly guide: boolean
  /** Changes where the person is in the guide; on a card of an earlier moment it shows the present one in place of that. */
  readonly moves: boolean
  /** Which fields of its card travel with it: answers to questions, or an id and a domain to look up. */
  readonly takes: 'nothing' | 'answers' | 'ids'
  /** Takes something away from the person: done only when it is plainly said or pressed. */
  readonly destructive: boolean
  /** How its answer is shown again after it was lost: by the same verb, by the place in the guide, by the list of guides, or not at all. */
  readonly again: 'same' | 'guide' | 'guides' | 'nothing'
  /** Where others read along: it turns the pages of the shared guide, is answered for everybody, or belongs in the private chat. */
  readonly inThread: 'page' | 'everybody' | 'private'
  /** The commands (`commands.json` of each language) that mean it. */
  readonly typed: readonly string[]
}

export const verbTable = {
  proceed: { guide: true, moves: true, takes: 'answers', destructive: false, again: 'guide', inThread: 'page', typed: [] },
  'read-along': { guide: true, moves: true, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: [] },
  done: { guide: true, moves: true, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: ['next', 'done'] },
  back: { guide: true, moves: true, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: ['back'] },
  skip: { guide: true, moves: true, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: ['skip'] },
  'go-to': { guide: true, moves: true, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: [] },
  restart: { guide: true, moves: true, takes: 'nothing', destructive: true, again: 'guide', inThread: 'page', typed: [] },
  cancel: { guide: true, moves: true, takes: 'nothing', destructive: true, again: 'guides', inThread: 'page', typed: [] },
  helped: { guide: true, moves: true, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: [] },
  'not-helped': { guide: true, moves: true, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: [] },
  stuck: { guide: true, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'page', typed: ['stuck'] },
  tried: { guide: true, moves: false, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: [] },
  worked: { guide: true, moves: false, takes: 'nothing', destructive: false, again: 'guide', inThread: 'page', typed: [] },
  'all-steps': { guide: true, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'page', typed: ['all-steps'] },
  resume: { guide: true, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'page', typed: ['where-am-i'] },
  'check-again': { guide: true, moves: false, takes: 'ids', destructive: false, again: 'guide', inThread: 'private', typed: [] },
  'look-up': { guide: true, moves: false, takes: 'ids', destructive: false, again: 'guide', inThread: 'private', typed: [] },
  'sign-in': { guide: true, moves: false, takes: 'ids', destructive: false, again: 'guide', inThread: 'private', typed: ['sign-in'] },
  topic: { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'everybody', typed: [] },
  more: { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'page', typed: ['more'] },
  undo: { guide: false, moves: true, takes: 'nothing', destructive: false, again: 'guide', inThread: 'private', typed: ['undo'] },
  preflight: { guide: false, moves: false, takes: 'ids', destructive: false, again: 'same', inThread: 'private', typed: ['preflight'] },
  share: { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'everybody', typed: ['share'] },
  why: { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: ['why'] },
  'my-runs': { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: ['my-runs'] },
  speak: { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: [] },
  'keep-language': { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: [] },
  'plain-text': { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: ['plain-text'] },
  cards: { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: ['cards'] },
  'in-private': { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: [] },
  'forget-me': { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: ['forget-me'] },
  'forget-me-yes': { guide: false, moves: false, takes: 'nothing', destructive: true, again: 'nothing', inThread: 'private', typed: [] },
  'keep-me': { guide: false, moves: false, takes: 'nothing', destructive: false, again: 'same', inThread: 'private', typed: [] },
} as const satisfies Record<string, VerbRow>

export type Verb = keyof typeof verbTable
export const verbs = Object.keys(verbTable) as [Verb, ...Verb[]]

/** A verb's row, by the types of the form rather than of its own values. */
export const rowOf = (verb: Verb): VerbRow => verbTable[verb]

/** What may be typed for a verb. "Not now" belongs to none: it answers whatever was asked. */
export type Command = (typeof verbTable)[Verb]['typed'][number] | 'not-now'
export const commands: readonly Command[] = [...verbs.flatMap((verb): readonly Command[] => verbTable[verb].typed), 'not-now']

/** The verb a command means. */
export const verbTyped = (command: Exclude<Command, 'not-now'>): Verb | undefined => verbs.find((verb) => rowOf(verb).typed.includes(command))
