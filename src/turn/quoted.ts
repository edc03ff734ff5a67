/** What is meant by a message that brings along what somebody else wrote, forwarded or quoted? */
import { understand } from '../understanding'
import { findAnswer, findLookUp } from '../understanding/answers'
import { findCommand } from '../understanding/commands'
import type { PersonalIncoming, SharedIncoming } from './incoming'

/** Words that ask for something by themselves; "what does that mean?" needs what it points to. */
const standsAlone = (text: string): boolean =>
  findCommand(text) !== undefined || findAnswer(text) !== undefined || findLookUp(text) !== undefined || understand(text).decision === 'answer'

/** The person's own words come first, and alone where they are enough. */
export const textMeant = ({ text, quoted }: Pick<PersonalIncoming | SharedIncoming, 'text' | 'quoted'>): string => {
  if (quoted === undefined || (text !== '' && standsAlone(text))) return text
  return text === '' ? quoted : `${text} ${quoted}`
}
