/** Is the app package that was built for these settings? What Teams has is what was uploaded, so the file is read, not made anew. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import type { Config } from '../../config'
import { note, ok, wrong, type Finding } from './finding'

const setting = 'OAUTH_CONNECTION_NAME'
const again = 'Run npm run package, and upload it in Teams again.'

const manifest = z.object({
  version: z.string(),
  bots: z.array(z.object({ botId: z.string() })).min(1),
  validDomains: z.array(z.string()).default([]),
  developer: z.object({ privacyUrl: z.string() }),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }).optional(),
})
type Manifest = z.infer<typeof manifest>

/** The manifest in a package. @throws when the file is no such package. */
const readManifest = async (path: string): Promise<Manifest> => {
  // Installed with the tools that make a package, and not where only the bot runs.
  const { fromBufferPromise } = await import('yauzl')
  const zip = await fromBufferPromise(await readFile(path))
  for await (const entry of zip.eachEntry())
    if (entry.fileName === 'manifest.json') return manifest.parse(JSON.parse(await text(await zip.openReadStreamPromise(entry))))
  throw new Error('There is no manifest in it.')
}

const singleSignOn = ({ webApplicationInfo: declared, validDomains }: Manifest, { bot, connectionName }: Config): readonly Finding[] => {
  if (connectionName === undefined) return declared ? [wrong(setting, 'It is empty, but the app package declares single sign-on.', `Set it, or: ${again}`)] : []
  const expected = `api://botid-${bot.MicrosoftAppId}`
  if (!declared) return [wrong(setting, 'The app package declares no single sign-on, so Teams cannot sign people in by itself.', again)]
  return [
    declared.resource.toLowerCase() === expected
      ? ok(setting, `The app package names ${expected} for single sign-on.`)
      : wrong(setting, `The app package names ${declared.resource} for single sign-on, not ${expected}.`, again),
    ...(validDomains.includes('token.botframework.com')
      ? []
      : [wrong(setting, 'The app package does not allow token.botframework.com, so the sign-in window stays shut.', again)]),
  ]
}

/** @param path of the built package. @param version of this build. */
export const appPackage = async (config: Config, path: string, version: string): Promise<readonly Finding[]> => {
  if (!existsSync(path)) return [note('MicrosoftAppId', 'No app package has been built here, so it is not looked at.', 'npm run package makes one.')]
  let built: Manifest
  try {
    built = await readManifest(path)
  } catch {
    return [wrong('MicrosoftAppId', 'The app package cannot be read.', again)]
  }
  const { bot, http } = config
  const isOfBot = built.bots.some(({ botId }) => botId.toLowerCase() === bot.MicrosoftAppId)
  return [
    isOfBot ? ok('MicrosoftAppId', 'The app package is of this bot.') : wrong('MicrosoftAppId', 'The app package is of another bot.', again),
    ...(http.publicUrl === undefined || built.developer.privacyUrl.startsWith(`${http.publicUrl}/`)
      ? []
      : [wrong('PUBLIC_URL', 'The app package leads to pages of another address.', again)]),
    ...(built.version === version ? [] : [note('MicrosoftAppId', `The app package is of version ${built.version}, this build of ${version}.`, again)]),
    ...singleSignOn(built, config),
  ]
}
