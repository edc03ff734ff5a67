/** The separate questions of a message, so that a second one is not lost. */

const sentenceEnd = /(?<=[.?!。？！…])\s+|\s+(?=\d[.)]\s)|;\s+/u
/** "… and who …", « … et qui … »: a new question without a full stop. */
const alsoAsks =
  /,?\s+(?:and|also|plus|et|aussi|puis)\s+(?:also\s+|then\s+|aussi\s+)?(?=(?:how|what|which|who|where|when|why|can|could|do|does|is|are|should|must|will|comment|que|qu['’]|quel|quelle|quels|quelles|qui|où|ou est|quand|pourquoi|est-ce|peut|puis|dois|faut|combien)(?:\s|-|['’]))/iu

const asks = /\?|^(?:and |et )?(?:how|what|which|who|where|when|why|can|could|do|does|is|are|should|must|will|comment|que|qu['’]|quel|qui|où|quand|pourquoi|est-ce|peut|puis-je|dois|faut|combien)/iu

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
