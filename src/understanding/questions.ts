/** The separate questions of a message, so that a second one is not lost. */
import type { Heard } from '../guides/texts'
import { anyOf } from './heard'

const sentenceEnd = /(?<=[.?!。？！…])\s+|\s+(?=\d[.)]\s)|;\s+/u
const any = (choose: (said: Heard['questions']) => readonly string[]) =>
  anyOf(
    ({ questions }) => choose(questions),
    (pattern) => pattern.replaceAll("'", "['’]"),
  )

/** "… and who …", « … et qui … »: a new question without a full stop. */
const alsoAsks = new RegExp(
  String.raw`,?\s+${any(({ and, also }) => [...and, ...also])}\s+(?:${any(({ then }) => then)}\s+)?(?=${any(({ afterAnd }) => afterAnd)}(?:\s|-|['’]))`,
  'iu',
)

const asks = new RegExp(String.raw`\?|^(?:${any(({ and }) => and)} )?${any(({ start }) => start)}`, 'iu')

const fewestWords = 3
const mostQuestions = 4

/** Two to four questions in order, or none when the message asks at most one thing. */
export const questionsIn = (text: string): readonly string[] => {
  const questions = text
    .split(sentenceEnd)
    .flatMap((sentence) => sentence.split(alsoAsks))
    .map((part) => part.trim())
    .filter((part) => asks.test(part) && part.split(/\s+/).length >= fewestWords)
  return questions.length >= 2 ? questions.slice(0, mostQuestions) : []
}
