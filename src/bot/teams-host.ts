/** Under which host does Teams run, in the cloud that an activity came from? */

const byConnector: readonly (readonly [ending: string, host: string])[] = [
  ['.gov.teams.microsoft.us', 'gov.teams.microsoft.us'],
  ['.dod.teams.microsoft.us', 'dod.teams.microsoft.us'],
]

/** @param serviceUrl of the activity, checked before. */
export const teamsHost = (serviceUrl: string): string => {
  const host = URL.canParse(serviceUrl) ? new URL(serviceUrl).hostname : ''
  return byConnector.find(([ending]) => host.endsWith(ending))?.[1] ?? 'teams.microsoft.com'
}

/** Opens the private chat with the bot; `text` then stands in its compose box. */
export const privateChat = (serviceUrl: string, appId: string, text?: string): string => {
  const message = text ? `&message=${encodeURIComponent(text)}` : ''
  return `https://${teamsHost(serviceUrl)}/l/chat/0/0?users=28:${appId}${message}`
}
