/** One person's talk in a private chat, as a function. */
import type { Reply } from '../../src/cards/reply'
import { openRun } from '../../src/runs/person'
import { newcomer, playerIn } from '../../src/tools/eval/player'
import type { Language } from '../../src/topics'

export interface Talk {
  readonly say: (text: string) => Promise<Reply>
  readonly place: () => { readonly topic: string; readonly stage: string; readonly step: string } | undefined
  /** Id of the passage that was told last. */
  readonly passage: () => string | undefined
}

export const begin = (language: Language): Talk => {
  const player = playerIn(language)
  let known = newcomer()
  return {
    say: async (text) => {
      const outcome = await player.say(known, text)
      known = outcome.known
      if (!outcome.reply) throw new Error(`nothing was said to "${text}"`)
      return outcome.reply
    },
    place: () => {
      const run = openRun(known.person)
      return run && { topic: run.topic, stage: run.stage, step: run.step }
    },
    passage: () => known.view.passage,
  }
}
