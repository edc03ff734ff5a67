/** What have the tools for stores in common? Their arguments, and that whatever goes wrong is one line with its fix. */
import { ConfigError, readStorePlace } from '../config'
import { StoreError } from '../runs/store'

/** The folder that is named, by default that of the bot; undefined when it is none. */
export const folderIn = (place = 'file:./.data'): string | undefined => {
  const read = readStorePlace(place)
  return read?.kind === 'file' ? read.path : undefined
}

const isBadArgument = (error: unknown): boolean => String(Object(error).code).startsWith('ERR_PARSE_ARGS')

/** Does the work and says what it says; undefined stands for arguments that make no sense. Exit code 1: it failed, 2: a setting or argument is wrong. */
export const reporting = async (usage: string, work: () => Promise<string | undefined>): Promise<void> => {
  const fail = (code: 1 | 2, text: string) => {
    process.stderr.write(`${text}\n`)
    process.exitCode = code
  }
  try {
    process.umask(0o077)
    const said = await work()
    if (said === undefined) fail(2, usage)
    else process.stdout.write(`${said}\n`)
  } catch (error) {
    if (isBadArgument(error)) fail(2, usage)
    else if (error instanceof ConfigError) fail(2, error.message)
    else if (error instanceof StoreError) fail(1, error.message)
    else fail(1, `It failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
