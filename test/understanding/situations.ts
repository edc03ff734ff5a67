/** Situations that the tests of reading share. */
import type { Situation } from '../../src/understanding/situation'
import { newChat } from '../../src/understanding/situation'

export const chat = newChat
/** The card before the steps with both of its questions. */
export const before: Situation = { ...newChat, mode: 'before', asked: 'before', shown: 'before', guide: 'azure-for-m365' }
export const step: Situation = { ...newChat, mode: 'step', shown: 'step', guide: 'azure-for-m365', step: 'sign-up' }
export const stuck: Situation = { ...step, shown: 'stuck' }
export const stopped: Situation = { ...step, mode: 'stopped', shown: 'stopped' }
export const end: Situation = { ...step, mode: 'end', shown: 'end', asked: 'helped' }
export const left: Situation = { ...newChat, shown: 'left' }
export const list: Situation = { ...step, shown: 'list', listed: 4 }
export const verdict: Situation = { ...newChat, shown: 'verdict', lastTopic: 'check-role' }
export const forget: Situation = { ...newChat, shown: 'forget', asked: 'forget-me' }
export const after = (lastTopic: NonNullable<Situation['lastTopic']>): Situation => ({ ...newChat, shown: 'answer', lastTopic })
