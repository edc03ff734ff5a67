import { join } from 'node:path'
import type { Sandbox } from '../../src/sandbox/start'

/** The script that stands in for the bot. */
export const probe = join(__dirname, 'probe-bot.mjs')

/** One that asks people to sign in. */
export const signInBot = join(__dirname, 'sign-in-bot.mjs')

/** Has the probe do one of its deeds and answers with the outcome. */
export const ask = async ({ bot }: Pick<Sandbox, 'bot'>, what: string, ...words: string[]): Promise<unknown> => {
  const query = new URLSearchParams({ what })
  for (const word of words) query.append('with', word)
  return (await fetch(`${bot.url}/do?${query}`, { headers: { connection: 'close' } })).json()
}
