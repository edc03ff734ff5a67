/** What a card says of its sources: when it was checked, how old Microsoft's page is, and where the command or form is. */
import { guideOf } from '../../src/guides'
import { allSources, checkedLine, pagesBlock } from '../../src/replies/sources'

const space = (text: string) => text.replaceAll(/[\u00A0\u202F]/g, ' ')

test('a page under a year old is named with its version', () => {
  expect(checkedLine('2026-11-27', ['azure-change-directory'], 'en')).toBe(
    'Checked on 27 November 2026 · [learn.microsoft.com](https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-change-directory)',
  )
  expect(allSources(['azure-change-directory'], 'en')).toMatchObject({
    text: expect.stringMatching(/\[Azure: change the Entra directory of a subscription\]\(https:[^)]*\) \(version of 17 March 2026\)$/),
  })
})

test('of what it rests on, the oldest is told in words once it is over a year', () => {
  expect(checkedLine('2026-11-27', ['azure-transfer-directory'], 'en')).toMatch(/\) · Microsoft’s page: September 2023$/)
  expect(checkedLine('2026-11-27', ['azure-change-directory', 'azure-move-key-vault', 'azure-transfer-directory'], 'en')).toMatch(
    /directory\) · 2 more pages, the oldest of September 2023$/,
  )
  expect(space(checkedLine('2026-11-27', ['azure-change-directory', 'azure-move-key-vault'], 'fr'))).toMatch(/ · 1 autre page : janvier 2024$/)
})

test('a page that carries no date tells none', () => {
  expect(checkedLine('2026-11-27', ['azure-download-roles'], 'en')).not.toMatch(/version|page:/)
})

test('in French, a page that exists in French has its title and its address in French', () => {
  const address = 'https://learn.microsoft.com/fr-fr/azure/cost-management-billing/'
  expect(checkedLine('2026-11-27', ['azure-change-directory'], 'fr')).toContain(`[learn.microsoft.com](${address}`)
  expect(allSources(['azure-change-directory'], 'fr')).toMatchObject({ text: expect.stringContaining(`changer l’annuaire Entra d’un abonnement](${address}`) })
  expect(allSources(['entra-merge-answer'], 'fr')).toMatchObject({
    text: expect.stringContaining('[Microsoft Q&A: can two tenants be merged?](https://learn.microsoft.com/answers/'),
  })
})

test('the step that needs a command links the page that has it', () => {
  const rebuild = guideOf('link-existing', 'en').steps.find(({ id }) => id === 'rebuild-access')
  const [block] = pagesBlock(rebuild?.pages, 'en')
  expect(block).toMatchObject({ kind: 'small', text: expect.stringContaining('https://learn.microsoft.com/azure/key-vault/general/move-subscription') })
  expect(pagesBlock(undefined, 'en')).toEqual([])
})
