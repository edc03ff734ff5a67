/** The app's own tokens, for an operator who wants to know what the settings are worth. */
import { z } from 'zod'
import { createCredential } from './credential'
import { payloadOf } from './token-claims'
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
  const found = claims.safeParse(payloadOf(token))
  if (!found.success) throw new CouldNotLook('malformed')
  return found.data.roles
}
