/** Cards and runs of earlier releases say what topics were called then, and mean those of today. */
import { newPersonRecord, openPersonRecord } from '../../src/runs/record'
import { readPress } from '../../src/verbs/action'

jest.mock('../../src/topics', () => ({
  ...jest.requireActual('../../src/topics'),
  formerTopics: { 'azure-for-office': 'azure-for-m365', 'move-mail': 'support', constructor: 'help' },
}))

const at = '2026-11-20T00:00:00.000Z'
const run = {
  id: 'r',
  topic: 'azure-for-office',
  language: 'en',
  stage: 'steps',
  step: 'open-portal',
  done: [],
  readOnly: false,
  rev: 4,
  startedAt: at,
  updatedAt: at,
}
const record = (change: object) => ({ v: 2, ...newPersonRecord(), ...change })

test('a press', () => {
  expect(readPress({ verb: 'done', topic: 'azure-for-office', run: 'r', rev: 4, lang: 'en' })?.action).toMatchObject({
    verb: 'done',
    topic: 'azure-for-m365',
    run: 'r',
  })
  expect(readPress({ verb: 'topic', topic: 'move-mail', lang: 'fr' })?.action).toMatchObject({ topic: 'support' })
  expect(readPress({ verb: 'keep-fr', topic: 'azure-for-office', lang: 'en' })?.action).toEqual({ verb: 'keep-language', topic: 'azure-for-m365', lang: 'fr' })
})

test.each(['prices', 'toString', '__proto__', 7])('a press that says %j is none', (topic) => {
  expect(readPress({ verb: 'topic', topic, lang: 'en' })).toBeUndefined()
})

test('a run and what the person told, which stand as they were until something changes', () => {
  const value = record({ person: { askedLanguage: false, plainText: false, known: { account: ['azure-for-office'] }, runs: [run] } })
  const { record: read, unread, write } = openPersonRecord(value)
  expect(unread).toEqual([])
  expect(read.person).toMatchObject({ known: { account: ['azure-for-m365'] }, runs: [{ topic: 'azure-for-m365', step: 'open-portal' }] })
  expect(write(read)).toEqual(value)
  const [moved] = read.person.runs.map((each) => ({ ...each, rev: 5 }))
  expect(write({ ...read, person: { ...read.person, runs: moved ? [moved] : [] } })).toMatchObject({
    person: { runs: [{ topic: 'azure-for-office', rev: 5 }] },
  })
})

test('what is on screen, and what waits', () => {
  const views = {
    c: {
      welcomed: true,
      aside: false,
      list: [{ verb: 'go-to', topic: 'azure-for-office' }],
      buttons: [
        { title: 'Français', verb: 'speak-fr' },
        { title: 'Mail', verb: 'topic', topic: 'move-mail' },
      ],
      signIn: { state: 'waiting', for: { verb: 'check-again', topic: 'azure-for-office', lang: 'en' }, at },
      touchedAt: at,
    },
  }
  const { record: read, unread } = openPersonRecord(record({ views }))
  expect(unread).toEqual([])
  expect(read.views.c).toMatchObject({
    list: [{ topic: 'azure-for-m365' }],
    buttons: [{ verb: 'speak', lang: 'fr' }, { topic: 'support' }],
    signIn: { for: { topic: 'azure-for-m365' } },
  })
})

test('a run of a guide for which there is an answer now is set aside', () => {
  const value = record({ person: { ...newPersonRecord().person, runs: [{ ...run, topic: 'move-mail' }] } })
  const { record: read, unread, write } = openPersonRecord(value)
  expect([read.person.runs, unread]).toEqual([[], ['person.runs.0']])
  expect(write(read)).toEqual(value)
})
