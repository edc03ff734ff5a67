/** What can a message or press come to, before it is answered? */
import type { Attached } from '../attached'
import type { Run } from '../runs/run'
import { isScenario, type Language, type Scenario, type Topic } from '../topics'
import type { Understanding } from '../understanding'
import type { Inputs } from '../verbs/action'
import type { Verb } from '../verbs/verbs'
import type { GuideInput } from './turn'

export type Route =
  | {
      readonly kind: 'begin'
      readonly topic: Scenario
      readonly input?: GuideInput
      readonly understanding?: Understanding
      readonly signIn?: true
      /** Id of the step that the steps begin with. */
      readonly at?: string | undefined
    }
  | { readonly kind: 'guide'; readonly run: string; readonly input: GuideInput }
  | {
      readonly kind: 'topic'
      readonly topic: Exclude<Topic, Scenario>
      readonly understanding?: Understanding
      readonly signIn?: true
      readonly step?: string | undefined
      /** Id of the point that is asked about. */
      readonly point?: string
    }
  /** `lang`: of `speak` and `keep-language`, the one that is chosen. */
  | {
      readonly kind: 'verb'
      readonly verb: Verb
      readonly lang?: Language | undefined
      /** Of `preflight`: what it is for, and what was given to look up. */
      readonly topic?: Topic | undefined
      readonly inputs?: Inputs
      readonly signIn?: true
    }
  | { readonly kind: 'secret'; readonly secret: 'password' | 'card' | 'code' }
  | { readonly kind: 'ask'; readonly understanding: Understanding }
  /** `isOutside`: a sentence about something else, not words that mean nothing. */
  | { readonly kind: 'reject'; readonly understanding: Understanding; readonly isOutside: boolean }
  /** Something of the open guide, by its id. */
  | { readonly kind: 'passage'; readonly id: string }
  | { readonly kind: 'no-guide' }
  /** Something to open, and no words. */
  | { readonly kind: 'attached'; readonly attached: Attached }
  | { readonly kind: 'line'; readonly line: Line }

/** One line about the talk itself. */
export type Line =
  | 'left'
  | 'worked'
  | 'later'
  | 'remind'
  | 'do-it'
  | 'complain'
  | 'who-are-you'
  | 'bye'
  | 'acknowledge'
  | 'maybe-leave'
  | 'maybe-forget'
  | 'noted'
  | 'unclear'
  | 'not-begun'

export const noInputs: Inputs = {}

export const byTopic = (topic: Topic, understanding?: Understanding): Route =>
  isScenario(topic) ? { kind: 'begin', topic, ...(understanding && { understanding }) } : { kind: 'topic', topic, ...(understanding && { understanding }) }

export const guideRoute = ({ id }: Run, verb: Verb, inputs: Inputs = noInputs): Route => ({ kind: 'guide', run: id, input: { verb, inputs } })
