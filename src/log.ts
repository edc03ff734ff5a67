/** Structured log lines, one JSON object each. Message text, names, tokens and plain ids never get here. */
import { createHmac, randomBytes } from 'node:crypto'
import pino, { type Logger } from 'pino'

/** A place in code; a line of a message that only begins like one is none. */
const place = /^\s+at .*(?::\d+:\d+|<anonymous>|native)\)?$/

/** Error properties that help and hold nothing of people or secrets. Messages of others may quote what was sent. */
const errorShape = (error: unknown) =>
  error instanceof Error
    ? {
        name: error.name,
        ...('code' in error && typeof error.code === 'string' && { code: error.code }),
        ...('statusCode' in error && typeof error.statusCode === 'number' && { statusCode: error.statusCode }),
        at: error.stack
          ?.replace(error.message, '')
          .split('\n')
          .filter((line) => place.test(line))
          .slice(0, 6)
          .map((line) => line.trim().replace(/\(?(?:file:\/\/)?\/.*?\/(dist|node_modules)\//, '($1/')),
      }
    : { name: typeof error }

export const createLog = (level: string): Logger =>
  pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: errorShape } })

/** Libraries print on the console what they could not make sense of, and may quote it; a line of ours says where, without their words. */
export const captureConsole = (log: Logger): void => {
  for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const)
    console[method] = (...said: readonly unknown[]) =>
      log.info({ console: method, error: said.find((each) => each instanceof Error) }, 'a library printed something')
}

/** Until the secret of the records is known. */
let key: string | Buffer = randomBytes(32)

/** From here on the same person is the same in the logs of every instance, and of every start, that has this secret. */
export const hashPeopleUnder = (secret: string): void => void (key = secret)

/** Stands for a person in log lines: nothing to find them by for whoever has not the secret. */
export const whoOf = (person: string): string => createHmac('sha256', key).update(`who ${person}`).digest('base64url').slice(0, 12)
