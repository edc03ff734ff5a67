/** What is said about a role: what was read, never more. */
import { unfolded, type Reply } from '../../src/cards/reply'
import { words } from '../../src/guides/words'
import { roleReply, type RoleLook } from '../../src/replies/role'
import { languages, type Language } from '../../src/topics'
import { begun, reasons } from './examples'

const replyFor = (look: RoleLook, language: Language) => roleReply(begun('check-role', language), look)
const offers = ({ page }: Reply) =>
  page.buttons.flatMap((button) => (button.kind === 'press' ? [button.action.verb === 'topic' ? button.action.topic : button.action.verb] : []))

describe.each(languages)('in %s', (language) => {
  const { t } = words(language)
  const roleNames = [t('roles.billing-administrator'), t('roles.global-administrator')]

  test.each(reasons)('after "%s" the role is unknown, and the two ways on are offered', (reason) => {
    const reply = replyFor({ kind: 'unknown', reason }, language)
    expect(reply.page.title).toBe(`? ${t(reason === 'sign-in-first' ? 'verdict.signInFirst' : 'verdict.unknown')}`)
    expect(reply.text).toContain(t(`reasons.${reason}`))
    expect(reply.text).toContain(t('verdict.unknownMeans'))
    expect(reply.text).not.toMatch(/[✘✔]/)
    for (const name of roleNames) expect(reply.text).not.toContain(name)
    expect(offers(reply)).toEqual(expect.arrayContaining(['check-again', 'proceed']))
  })

  test('every reason reads differently', () => {
    expect(new Set(reasons.map((reason) => t(`reasons.${reason}`))).size).toBe(reasons.length)
  })

  test('a role that suffices is named, with what a Microsoft Customer Agreement asks for besides', () => {
    const reply = replyFor({ kind: 'can', roles: ['billing-administrator'], limits: [] }, language)
    expect(reply.text).toContain(roleNames[0])
    expect(reply.text).not.toContain(roleNames[1])
    expect(unfolded(reply).text).toContain(t('verdict.canWarn'))
    expect(offers(reply)[0]).toBe('m365-for-azure')
  })

  test('a role that must be activated first is no yes', () => {
    const reply = replyFor({ kind: 'can-after-activating', roles: ['global-administrator'], limits: [] }, language)
    expect(reply.text).toContain('Privileged Identity Management')
    expect(reply.text).not.toContain('✔')
  })

  test('without a role: what to ask for, and whom', () => {
    const reply = replyFor({ kind: 'cannot', roles: ['global-reader'], limits: [] }, language)
    expect(reply.text).toContain(t('verdict.askText'))
    expect(offers(reply)).toContain('find-admin')
  })

  test.each([
    ['looked up and none there', [], 'verdict.cannotLooked'],
    ['not to be seen', [{ what: 'eligible-roles', reason: 'consent' }], 'verdict.cannotPim'],
    ['unknown to a tenant without PIM', [{ what: 'eligible-roles', reason: 'not-licensed' }], undefined],
  ] as const)('without a role, those that could be activated are %s', (_what, limits, phrase) => {
    const { text } = unfolded(replyFor({ kind: 'cannot', roles: [], limits }, language))
    for (const each of ['verdict.cannotLooked', 'verdict.cannotPim'] as const) expect(text.includes(t(each))).toBe(each === phrase)
  })
})
