/** The app's own tokens, for an operator who wants to know what the settings are worth. */
import { z } from 'zod'
import { createCredential } from './credential'
import { appOf, complete, type DirectorySettings } from './settings'
import { CouldNotLook } from './verdict'

/** @param scope e.g. `https://graph.microsoft.com/.default`. @throws CouldNotLook, also when the settings make no identity. */
export const appToken = async (settings: DirectorySettings, scope: string): Promise<string> => {
  const app = appOf(settings)
  if (!app) throw new CouldNotLook('not-configured')
  const answer = await createCredential(app, complete(settings)).getToken(scope)
  if (!answer) throw new CouldNotLook('sign-in')
  return answer.token
}

const claims = z.object({ roles: z.array(z.string()).default([]) })

/** Application permissions an administrator consented to, as they stand in the app's token, e.g. `User.Read.All`. */
export const permissionsIn = (token: string): readonly string[] => {
  try {
    return claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).roles
  } catch {
    throw new CouldNotLook('malformed')
  }
}
