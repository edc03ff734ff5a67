/** Azure is there, Microsoft 365 is wanted: the directory role decides, so it is looked up first. */
import { setUpScenario } from './before'

export const m365ForAzure = setUpScenario('m365-for-azure')
