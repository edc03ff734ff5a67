/** Which of the bot's messages answered what? So that a thumb, or an edited question, finds its answer; of the words nothing. */
import { z } from 'zod'
import { languages } from '../topics'
import { topicSchema } from '../verbs/former'

/** What an answer was about. */
export const aboutSchema = z.looseObject({
  topic: topicSchema,
  /** Id of the step that was shown. */
  step: z.string().max(80).optional(),
  /** Id of the passage that was told. */
  passage: z.string().max(160).optional(),
})
export type About = z.infer<typeof aboutSchema>

const answeredShape = {
  /** Id of the message, as Teams names it. */
  message: z.string().max(300),
  /** Key of the activity it answers. */
  to: z.string().max(80),
  at: z.iso.datetime(),
  lang: z.enum(languages),
  about: aboutSchema.optional(),
}

/** In a private chat; `changed`: "undo" takes back what this answer did. */
export const answeredSchema = z.looseObject({ ...answeredShape, changed: z.boolean().optional() })
export type Answered = z.infer<typeof answeredSchema>

/** Enough for the thumbs of what is in sight. */
export const mostAnswered = 12

/** An answer in place of what the same message showed before, newest first. */
export const withAnswered = <A extends Answered>(answers: readonly A[] | undefined, answer: A): A[] =>
  [answer, ...(answers ?? []).filter(({ message }) => message !== answer.message)].slice(0, mostAnswered)

/** Teams lets people mend a message; later they have read the answer and gone on. */
export const editableMs = 60 * 1000

/** The last answer, when it is to this message and was given just now. */
export const answerToMend = <A extends Answered>(answers: readonly A[] | undefined, edited: string, now: Date): A | undefined => {
  const [last] = answers ?? []
  return last?.to === edited && now.getTime() - new Date(last.at).getTime() <= editableMs ? last : undefined
}
