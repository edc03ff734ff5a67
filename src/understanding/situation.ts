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
  stays: ['account'],
  together: ['account'],
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

const inScene: Readonly<Record<Scene, Partial<Situation>>> = {
  chat: {},
  welcome: { shown: 'welcome', asked: 'which', listed: 5 },
  which: { shown: 'which', asked: 'which', listed: 3 },
  contract: { mode: 'asked', shown: 'before', asked: 'contract', listed: 4 },
  account: { mode: 'asked', shown: 'before', asked: 'account', listed: 2 },
  step: { mode: 'step', shown: 'step', listed: 4 },
  stuck: { mode: 'step', shown: 'stuck', listed: 4 },
  aside: { mode: 'step', shown: 'answer', listed: 4 },
  list: { mode: 'step', shown: 'list', listed: 6 },
  end: { mode: 'end', shown: 'end', asked: 'helped', listed: 4 },
  stopped: { mode: 'stopped', shown: 'stopped', listed: 4 },
  forget: { mode: 'asked', shown: 'forget', asked: 'forget-me', listed: 2 },
  left: { shown: 'left', listed: 2 },
  signin: { mode: 'before', shown: 'sign-in', listed: 2 },
  verdict: { mode: 'before', shown: 'verdict', listed: 4 },
}

/** A usual situation of its kind, for what is measured line by line. */
export const situationOfScene = (scene: Scene): Situation => ({ ...newChat, ...inScene[scene] })
