/** Changing how the sandbox's cloud behaves, and finding out how it does. */
import type { Faults } from '../faults'
import { changeFaults, forgetConsent, getConsents, getFaults } from './api'
import { openInFront, sandboxAway } from './exchanges'
import { byId } from './dom'
import { announce } from './notices'
import { type Page, redrawChat, showCloudOf, wordsOf } from './page'
import { type Cloud, troubleLine } from './cloud'

const update = async (page: Page, work: () => Promise<Partial<Cloud>>): Promise<void> => {
  try {
    page.cloud = { ...page.cloud, ...(await work()) }
    showCloudOf(page)
  } catch {
    sandboxAway(page, () => update(page, work))
  }
}

export const lookAtCloud = (page: Page): Promise<void> =>
  update(page, async () => {
    const [faults, consents] = await Promise.all([getFaults(), getConsents()])
    return { faults, consents }
  })

export const changeCloud = async (page: Page, change: Partial<Faults>): Promise<void> => {
  await update(page, async () => ({ faults: await changeFaults(change) }))
  if (change.absent) redrawChat(page)
  announce(byId('announcer'), troubleLine(page.cloud, wordsOf(page)))
}

/** They add it, and it greets. */
export const addAppFor = async (page: Page, person: string): Promise<void> => {
  await changeCloud(page, { absent: page.cloud.faults.absent.filter((key) => key !== person) })
  await openInFront(page)
}

export const forgetConsentOf = (page: Page, person: string): Promise<void> => update(page, async () => ({ consents: await forgetConsent({ person }) }))
