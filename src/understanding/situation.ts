/** What may a message be read with, besides its words: what is asked, what was shown last, where the person is, what is known? */
import type { Scenario, Topic } from '../topics'
import type { Question } from '../verbs/asked'
import type { Facts } from './facts/known'

/** Where somebody is; computed once a turn, never stored. */
export const modes = ['idle', 'asked', 'before', 'stopped', 'step', 'end'] as const
export type Mode = (typeof modes)[number]

/** The card that was shown last. */
export const cardsShown = [
  'welcome',
  'which',
  'before',
  'step',
  'stuck',
  'answer',
  'list',
  'end',
  'stopped',
  'verdict',
  'forget',
  'sign-in',
  'left',
  'talk',
  'nothing',
] as const
export type CardShown = (typeof cardsShown)[number]

/** A question on screen. */
export type Asking = Question | 'which' | 'helped'

export interface Situation {
  readonly mode: Mode
  readonly asked?: Asking
  readonly shown: CardShown
  readonly guide?: Scenario
  readonly step?: string
  readonly lastTopic?: Topic
  readonly lastPassage?: string
  /** How many entries the list on screen has. */
  readonly listed: number
  readonly facts: Facts
  /** Others read along. */
  readonly shared: boolean
}

/** A private chat in which nothing was said yet. */
export const newChat: Situation = { mode: 'idle', shown: 'nothing', listed: 0, facts: {}, shared: false }

/** The kinds of situation that make the same words mean something else. */
export const scenes = [
  'chat',
  'welcome',
  'which',
  'contract',
  'account',
  'step',
  'stuck',
  'aside',
  'list',
  'end',
  'stopped',
  'forget',
  'left',
  'signin',
  'verdict',
] as const
export type Scene = (typeof scenes)[number]

const byCard: Readonly<Partial<Record<CardShown, Scene>>> = {
  welcome: 'welcome',
  which: 'which',
  stuck: 'stuck',
  list: 'list',
  end: 'end',
  stopped: 'stopped',
  verdict: 'verdict',
  forget: 'forget',
  'sign-in': 'signin',
  left: 'left',
}

const byQuestion: Readonly<Partial<Record<Asking, readonly Scene[]>>> = {
  before: ['contract', 'account'],
  contract: ['contract'],
  account: ['account'],
  which: ['which'],
  helped: ['end'],
  'forget-me': ['forget'],
}

const underWay: readonly Mode[] = ['step', 'before', 'stopped']

/** What the situation is like, for what is learnt about acts: mostly one scene, two where two questions stand on screen. */
export const scenesOf = ({ mode, asked, shown }: Situation): readonly Scene[] => {
  const questions = asked && byQuestion[asked]
  if (questions) return questions
  const card = byCard[shown]
  if (card) return [card]
  if (mode === 'end' || mode === 'stopped') return [mode]
  if (shown === 'answer' || shown === 'talk') return underWay.includes(mode) ? ['aside'] : ['chat']
  if (mode === 'before') return ['contract']
  return mode === 'step' ? ['step'] : ['chat']
}
