/** Microsoft 365 is there, Azure is wanted: no directory role is needed, so nothing is looked up. */
import { setUpScenario } from './before'

export const azureForM365 = setUpScenario('azure-for-m365')
