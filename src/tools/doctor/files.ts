/** Is what lies on this machine as it should be? The settings file, who may read it, and the store. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { parse } from 'dotenv'
import type { Config } from '../../config'
import { openStore } from '../../open-store'
import { createProbe } from '../../runs/probe'
import { createSecrets } from '../../runs/record-keys'
import { StoreError } from '../../runs/store'
import { note, ok, warn, wrong, type Finding } from './finding'

/** Names that are set in the file and mean nothing to the bot, such as misspelt ones. */
const unknownNames = (file: string, sample: string): readonly string[] => {
  if (!existsSync(sample)) return []
  const known = Object.keys(parse(readFileSync(sample)))
  return Object.keys(parse(readFileSync(file))).filter((name) => !known.includes(name) && !/^(?:OTEL_|NODE_|(?:HTTPS?|NO)_PROXY$)/i.test(name))
}

const nearest = (name: string, known: readonly string[]) => {
  const letters = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')
  return known.find((each) => letters(each) === letters(name) || letters(each).startsWith(letters(name)) || letters(name).startsWith(letters(each)))
}

/** @param file the `.env` in use. @param sample the list of all settings. */
export const settingsFile = (file: string, sample: string): readonly Finding[] => {
  if (!existsSync(file)) return [note('.env', 'There is none; every setting comes from the environment.')]
  const isOpen = process.platform !== 'win32' && (statSync(file).mode & 0o044) !== 0
  const known = existsSync(sample) ? Object.keys(parse(readFileSync(sample))) : []
  return [
    ...(isOpen ? [warn('.env', 'Others on this machine can read it, and it holds secrets.', `Run: chmod 600 ${file}`)] : []),
    ...unknownNames(file, sample).map((name) => {
      const meant = nearest(name, known)
      return wrong(
        name,
        'It is no setting of the bot, so it does nothing.',
        meant ? `Is ${meant} meant? Write it exactly so.` : 'Correct its name (.env.sample has them all), or remove it.',
      )
    }),
  ]
}

/** As the other findings are written. */
const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Written and read, as the bot does. A bot that runs on the folder does so itself, and says so in `/readyz`. */
export const store = async (config: Config): Promise<readonly Finding[]> => {
  const setting = 'STATE_STORE'
  if (config.store.kind === 'memory') return [note(setting, 'Nothing is kept over a restart.', 'Use file: with a folder, so that people keep their place.')]
  try {
    const opened = await openStore(config)
    try {
      const trouble = await createProbe(opened, createSecrets(opened, config.recordKeys))()
      return [trouble ? wrong(setting, asSentence(trouble.problem), asSentence(trouble.fix)) : ok(setting, 'Records can be written and read.')]
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return [error.inUse ? ok(setting, 'A bot is running on this folder.') : wrong(setting, asSentence(error.problem), asSentence(error.fix))]
  }
}
