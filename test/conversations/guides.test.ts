/** The guides and the one-card answers, from the question to the end. */
import { playAll } from './play'

playAll('guides')
