/** Both are there, in two tenants: Azure Owner is an Azure role, which is explained and not guessed. */
import { setUpScenario } from './before'

export const linkExisting = setUpScenario('link-existing')
