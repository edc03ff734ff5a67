/** What does a part of a message do, and with which arguments? */
import type { Contract } from '../guides/schema'
import type { Language } from '../topics'
import type { ActName } from './act-names'

export interface Said {
  /** The words of this part; never kept. */
  readonly text: string
  /** Likelihood, 0..1. */
  readonly sure: number
}

/** What is answered, and to which question. */
export type Answer =
  | { readonly question: 'contract'; readonly value: Contract }
  | { readonly question: 'account' | 'stays' | 'together' | 'forget-me' | 'keep-language'; readonly value: 'yes' | 'no' }
  | { readonly question: 'helped'; readonly value: 'yes' | 'no' | 'partly' }
  | { readonly question: 'which'; readonly value: 'm365' | 'azure' | 'both' | 'unknown' }

/** What would lose the position or what is kept. */
export const destructiveActs = ['leave', 'restart', 'forget-me'] as const
export type DestructiveAct = (typeof destructiveActs)[number]

type WithoutArguments = Exclude<ActName, 'answer' | 'pick' | 'go-to' | 'language' | 'give' | 'done' | 'more'>

export type Act = Said &
  (
    | { readonly act: WithoutArguments }
    /** Only the bare answer to the question on screen, with nothing else said. */
    | ({ readonly act: 'answer' } & Answer)
    /** Counted from 1; `last`; `other`: not the one before. Absent: it is not said which. */
    | { readonly act: 'pick'; readonly which?: number | 'last' | 'other' }
    | { readonly act: 'go-to'; readonly step?: number | 'first' | 'last' }
    | { readonly act: 'language'; readonly language?: Language }
    | { readonly act: 'give'; readonly subscription?: string; readonly domain?: string }
    /** `earlier`: it was done before; `also`: this one too; `all`: everything. */
    | { readonly act: 'done'; readonly when?: 'earlier' | 'also' | 'all' }
    /** `steps`: the whole guide. */
    | { readonly act: 'more'; readonly of?: 'steps' }
    /** Something destructive that was not said plainly: it may be offered, and is not done. */
    | { readonly act: 'maybe'; readonly of: DestructiveAct }
  )

export type AnyAct = Act['act']
