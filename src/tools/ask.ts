/**
 * Understanding from the command line.
 *
 *   npm run --silent ask -- --locale fr "question"     topic, confidence and the answer's plain text
 *   npm run --silent ask -- --jsonl < questions.jsonl  a line of JSON for a line of JSON, in order, as they come; read as the first
 *                                                      message of a new private chat
 */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { languageOfTag } from '../languages'
import { plainAnswer } from '../replies/plain-answer'
import { languages, type Language } from '../topics'
import { mainAct } from '../turn/acted'
import { understand, type Understanding } from '../understanding'
import { interpret } from '../understanding/interpret'
import { leastPoint } from '../understanding/passage-thresholds'
import { nearTo } from '../understanding/passages'
import { newChat } from '../understanding/situation'

const usage = `Usage: npm run --silent ask -- [--locale ${languages.join('|')}] "question"   or   npm run --silent ask -- --jsonl`
const misused = 2

const lineSchema = z.looseObject({ id: z.unknown(), text: z.string(), locale: z.string().optional() })

const languageOf = (locale: string | undefined, { language }: Understanding): Language => {
  if (language && language !== 'other') return language
  return languageOfTag(locale) ?? 'en'
}

/** So that a line that cannot be answered can still be found. */
const idOf = (raw: unknown): unknown => z.looseObject({ id: z.unknown() }).safeParse(raw).data?.id

const rounded = (value: number) => Math.round(value * 1000) / 1000

/** One line of the answer stream; what cannot be read gets a line that says so, and the stream goes on. */
export const answerLine = (line: string): string => {
  let raw: unknown
  try {
    raw = JSON.parse(line)
  } catch {
    return JSON.stringify({ error: 'This line is not JSON.' })
  }
  const asked = lineSchema.safeParse(raw)
  if (!asked.success) return JSON.stringify({ id: idOf(raw), error: 'A line needs a "text", e.g. {"id":1,"text":"what is a tenant?","locale":"en"}.' })
  const reading = interpret(asked.data.text, newChat)
  const { understanding } = reading
  const { topic, confidence, decision, candidates } = understanding
  const nearest = candidates.map(({ topic: name, score }) => ({ topic: name, score: rounded(score) }))
  const act = mainAct(reading)?.act ?? 'none'
  const passage = passageIn(asked.data.text, understanding)
  return JSON.stringify({ id: asked.data.id, topic, confidence: rounded(confidence), decision, candidates: nearest, act, passage })
}

/** Id of the passage that answers it, `null` where none stands out. */
const passageIn = (text: string, { decision, candidates }: Understanding): string | null => {
  if (decision === 'reject') return null
  const topics = candidates.slice(0, decision === 'answer' ? 1 : 3).map(({ topic }) => topic)
  const [found] = nearTo(text).among(topics)
  return found && found.sure >= leastPoint ? found.id : null
}

const stream = async () => {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() !== '') process.stdout.write(`${answerLine(line)}\n`)
  }
}

const single = (text: string, locale: string | undefined) => {
  const understood = understand(text)
  const { topic, confidence, decision, candidates } = understood
  const others = candidates.filter((each) => each.topic !== topic).slice(0, 2)
  const lines = [
    `topic:      ${topic}`,
    `confidence: ${Math.round(confidence * 100)} %`,
    `decision:   ${decision}`,
    `next:       ${others.map((each) => `${each.topic} ${Math.round(each.score * 100)} %`).join(', ')}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  if (topic !== 'none') process.stdout.write(`\n${plainAnswer(topic, languageOf(locale, understood))}\n`)
}

/** @throws when the arguments are not of this command. */
const readArguments = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { locale: { type: 'string' }, jsonl: { type: 'boolean', default: false } },
  })

const misuse = (why: string) => {
  process.stderr.write(`${why}\n${usage}\n`)
  process.exitCode = misused
}

const main = async (args: readonly string[]) => {
  let given: ReturnType<typeof readArguments>
  try {
    given = readArguments(args)
  } catch (error) {
    return misuse(error instanceof Error ? error.message : 'These arguments cannot be read.')
  }
  const { values, positionals } = given
  if (values.jsonl) return positionals.length > 0 ? misuse('With --jsonl the questions come on standard input.') : stream()
  const text = positionals.join(' ').trim()
  return text === '' ? misuse('There is no question.') : single(text, values.locale)
}

if (require.main === module) void main(process.argv.slice(2))
