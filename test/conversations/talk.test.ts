/** Everything around a guide: first contact, commands, interruptions, languages, places, odd input. */
import { playAll } from './play'

playAll('talk')
