/** What is told of the age of pages, and of a download of them: which changed, which moved, which are to be read again. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allSources } from '../../src/guides'
import { isOver, monthsBefore } from '../../src/guides/age'
import type { Source } from '../../src/guides/schema'
import { compare, dueOn, keep, tableOf } from '../../src/tools/freshness'
import { hashOf, relevantPart } from '../../src/tools/freshness/pages'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'onetenant-pages-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const page = (body: string, canonical = 'https://learn.microsoft.com/en-us/azure/cost-management-billing/manage/subscription-change-directory') =>
  `<html><head><link rel="canonical" href="${canonical}"><script>var built = ${Math.random()}</script></head><body><nav>Menu</nav><main>${body}</main></body></html>`
const put = (id: string, text: string) => writeFileSync(join(folder, `${id}.html`), text)
const change: Readonly<Record<string, Source>> = { 'azure-change-directory': allSources['azure-change-directory'] as Source }

test('months are counted by the calendar', () => {
  expect(monthsBefore('2026-11-28', 12)).toBe('2025-11-28')
  expect(monthsBefore('2028-02-29', 12)).toBe('2027-02-28')
  expect(monthsBefore('2026-11-27', -24)).toBe('2028-11-27')
  expect([isOver('2025-11-27', 12, '2026-11-28'), isOver('2025-11-28', 12, '2026-11-28')]).toEqual([true, false])
})

test('portals and steps are due after 12 months, concepts after 24', () => {
  expect(dueOn({ read: '2026-11-27', of: 'steps' })).toBe('2027-11-27')
  expect(dueOn({ read: '2026-11-27', of: 'concept' })).toBe('2028-11-27')
})

test('the table names every source, the oldest first, with what rests on it and what is due', () => {
  const now = tableOf(allSources, '2026-11-28').split('\n')
  expect(now.slice(1, -2)).toHaveLength(Object.keys(allSources).length)
  expect(now[1]).toMatch(/^2019-07-25 .* azure-devops-directory: \d+ places?, \d+ on it alone \(.*save-and-rebuild/)
  expect(now.at(-1)).toMatch(/^Nothing is due/)
  const later = tableOf(allSources, '2027-12-01')
  expect(later).toMatch(/2027-11-27 DUE .* azure-change-directory: /)
  expect(later).not.toMatch(/DUE .* entra-new-name: /)
})

test('a page that reads the same is as it was, whatever stands around it; another text has changed', () => {
  put('azure-change-directory', page('<h1>Change</h1><p>Select <b>Accept</b>.</p>'))
  const hash = hashOf(page('<h1>change</h1>\n<p>Select Accept.</p>'))
  const known = { 'azure-change-directory': { ...(change['azure-change-directory'] as Source), hash } }
  expect(compare(known, folder).lines[0]).toBe('azure-change-directory: as it was read')
  put('azure-change-directory', page('<h1>Change</h1><p>Select Refuse.</p>'))
  expect(compare(known, folder).lines[0]).toBe('azure-change-directory: CHANGED since 2026-11-27')
  expect(compare(allSources, folder).lines.at(-1)).toBe(`1 pages compared, ${Object.keys(allSources).length - 1} not in the folder.`)
})

test('a page that says it is elsewhere now has moved; its language and a query are no other place', () => {
  put('azure-change-directory', page('x', 'https://learn.microsoft.com/fr-fr/azure/cost-management-billing/manage/subscription-change-directory?view=a'))
  expect(compare(change, folder).lines[0]).not.toMatch(/MOVED/)
  put('azure-change-directory', page('x', 'https://learn.microsoft.com/en-us/azure/cost-management-billing/manage/another'))
  expect(compare(change, folder).lines[0]).toMatch(/MOVED to https:\/\/learn\.microsoft\.com\/azure\/cost-management-billing\/manage\/another$/)
})

test('of a Markdown page, the front matter does not count', () => {
  expect(relevantPart('---\nms.date: 1/1/2026\n---\n# Change **it**\n')).toBe('change it')
  expect(relevantPart('plain words')).toBe('plain words')
})

test('who keeps the pages notes the day and the hash, and nothing of the text', () => {
  const file = join(folder, 'sources.json')
  copyFileSync(join(__dirname, '..', '..', 'src', 'guides', 'sources.json'), file)
  put('azure-change-directory', page('<p>Select Accept.</p>'))
  const { found } = compare(allSources, folder)
  keep(file, found, '2027-01-02')
  const kept: Record<string, Source> = JSON.parse(readFileSync(file, 'utf8'))
  expect(kept['azure-change-directory']).toEqual({ ...allSources['azure-change-directory'], read: '2027-01-02', hash: found[0]?.hash })
  expect(kept['portal-mfa']).toEqual(allSources['portal-mfa'])
  expect(readFileSync(file, 'utf8')).not.toContain('Select')
  expect(compare(kept, folder).lines[0]).toBe('azure-change-directory: as it was read')
})
