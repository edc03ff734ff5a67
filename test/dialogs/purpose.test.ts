/** What are look-ups for? The open guide and its step say, not one built-in question. */
import { purposeOf } from '../../src/dialogs/purpose'
import { sufficientRoles } from '../../src/directory'
import { guideOf } from '../../src/guides'
import { words } from '../../src/guides/words'
import { helpersReply } from '../../src/replies/helpers'
import { roleReply } from '../../src/replies/role'
import { languages, type Scenario } from '../../src/topics'
import { begun, helperLists } from '../replies/examples'

const at = (topic: Scenario, step: string) => ({ ...begun(topic, 'en'), stage: 'steps' as const, step })

test.each([
  ['no guide', undefined, undefined],
  ['a look-up is open', begun('check-role', 'en'), undefined],
  ['the Azure sign-up', at('azure-for-m365', 'open-sign-up'), { need: 'buy-microsoft-365', kind: 'none' }],
  ['buying Microsoft 365', at('m365-for-azure', 'compare-tenants'), { need: 'buy-microsoft-365', kind: 'directory' }],
  ['assigning licences', at('m365-for-azure', 'assign-licenses'), { need: 'assign-licences', kind: 'directory' }],
  ['a move', at('link-existing', 'agree-on-people'), { need: 'accept-move', kind: 'azure-owner' }],
] as const)('%s', (_what, run, expected) => {
  const purpose = purposeOf(run, 'en')
  expect(purpose && { need: purpose.need, kind: purpose.role.kind }).toEqual(expected)
})

test('the step that takes the role is the present one, else the next that does', () => {
  const steps = guideOf('m365-for-azure', 'en').steps.map(({ id }) => id)
  expect(purposeOf(at('m365-for-azure', 'compare-tenants'), 'en')?.index).toBe(steps.indexOf('open-purchase'))
  expect(purposeOf(at('azure-for-m365', 'open-portal'), 'en')?.index).toBe(3)
})

describe.each(languages)('in %s', (language) => {
  const { t } = words(language)
  const run = begun('check-role', language)
  const can = { kind: 'can', roles: ['global-administrator'], limits: [] } as const
  const cannot = { kind: 'cannot', roles: [], limits: [] } as const

  test('for the Azure sign-up no role is called missing, and none is asked for', () => {
    const { page, text } = roleReply(run, cannot, { kind: 'none', guide: 'Azure' })
    expect(page.title).toBe(t('verdict.noneTitle'))
    expect(text).toContain(t('verdict.noneNeeded', { guide: 'Azure' }))
    expect(text).not.toContain(t('verdict.askText'))
  })

  test('for a move it is said who asks and who accepts, and what the person holds for accepting', () => {
    const { text } = roleReply(run, { ...can, need: 'accept-move' }, { kind: 'azure-owner', guide: 'Move' })
    expect(text).toContain(t('verdict.forMove', { guide: 'Move' }))
    expect(text).toContain(t('needs.accept-move'))
    expect(text).not.toContain(t('needs.buy-microsoft-365'))
  })

  test('for licences the roles that assign them are named, not those that buy', () => {
    const { text } = roleReply(run, { ...cannot, need: 'assign-licences' })
    for (const role of sufficientRoles['assign-licences']) expect(text).toContain(t(`roles.${role}`))
    expect(text).not.toContain(t('roles.billing-administrator'))
  })

  test('helpers say whom else the guide needs', () => {
    const [found] = helperLists
    if (!found) throw new Error('no helpers')
    const view = { language, publicUrl: undefined, need: 'accept-move', found, step: undefined } as const
    expect(helpersReply({ ...view, purpose: { kind: 'azure-owner', guide: 'Move' } }).text).toContain(t('helpers.forMove', { guide: 'Move' }))
    expect(helpersReply({ ...view, purpose: { kind: 'none', guide: 'Azure' } }).text).toContain(t('helpers.noneNeeded', { guide: 'Azure' }))
    expect(helpersReply(view).text).not.toContain(t('helpers.forMove', { guide: 'Move' }))
  })
})
