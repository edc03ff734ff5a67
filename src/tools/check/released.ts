/** Who would be stranded by this release? Ids of the last one stand in people's runs and on their cards, and must lead somewhere. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, type ContentProblem } from '../../guides/read'
import { guideSchema, releasedSchema, type Guide, type Released } from '../../guides/schema'
import { answers, controls, formerTopics, isScenario, isTopic, scenarios, type Scenario } from '../../topics'

const releasedFile = 'released.json'

/** What is wrong with a guide itself is named where it is checked. */
const readGuide = (folder: string, topic: Scenario): Guide | undefined => readJson(folder, `en/${topic}.json`, guideSchema, [])

const formerIn = ({ steps, gone = [] }: Guide): string[] => [...steps.flatMap(({ was = [] }) => was), ...gone.map(({ id }) => id)]

const topicNow = (topic: string): string | undefined => (isTopic(topic) ? topic : Object.hasOwn(formerTopics, topic) ? formerTopics[topic] : undefined)

const lostTopic = (topic: string): ContentProblem => ({
  file: '../topics.ts',
  where: 'formerTopics',
  rule: `${topic} of the last release is gone, and cards and guides under way still say it: write '${topic}': '…', the topic that took its place`,
})

/** The step of today that stood last before it, as far as there is one. */
const stepBefore = (guide: Guide, released: readonly string[], lost: string): string => {
  const before = released.slice(0, Math.max(0, released.indexOf(lost)))
  const known = before.flatMap((name) => guide.steps.filter(({ id, was }) => id === name || was?.includes(name)))
  return (known.at(-1) ?? guide.steps[0])?.id ?? ''
}

const lostSteps = (folder: string, topic: Scenario, { steps, former }: Released['guides'][string]): readonly ContentProblem[] => {
  const guide = readGuide(folder, topic)
  if (!guide) return []
  const said = new Set([...guide.steps.map(({ id }) => id), ...formerIn(guide)])
  return [...steps, ...former]
    .filter((id) => !said.has(id))
    .map((id) => ({
      file: `en/${topic}.json`,
      where: 'steps',
      rule: `${id} of the last release is gone, and people may be at it: write "was": ["${id}"] at the step that took its place, or { "id": "${id}", "before": "${stepBefore(guide, steps, id)}" } under "gone", in every language`,
    }))
}

export const strandedProblems = (folder: string): readonly ContentProblem[] => {
  const problems: ContentProblem[] = []
  const released = readJson(folder, releasedFile, releasedSchema, problems)
  if (!released) return problems
  const inGuides = Object.entries(released.guides).flatMap(([name, ids]) => {
    const topic = topicNow(name)
    if (topic === undefined) return [lostTopic(name)]
    return isScenario(topic) ? lostSteps(folder, topic, ids) : []
  })
  return [...inGuides, ...released.topics.filter((topic) => topicNow(topic) === undefined).map(lostTopic)]
}

/** The ids of this release, for the next one to be held against. */
export const writeReleased = (folder: string): void => {
  const guides = scenarios.flatMap((topic) => {
    const guide = readGuide(folder, topic)
    return guide ? [[topic, { steps: guide.steps.map(({ id }) => id), former: formerIn(guide) }] as const] : []
  })
  const released: Released = { guides: Object.fromEntries(guides), topics: [...answers, ...controls, ...Object.keys(formerTopics)] }
  writeFileSync(join(folder, releasedFile), `${JSON.stringify(released, null, 2)}\n`)
}
