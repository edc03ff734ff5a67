/** Trains everything that is learnt at build, where its sources changed: the router, the index of passages, the reading of acts. */
import { writeActs } from './train-acts'
import { writePassages } from './train-passages'
import { houseWords, writeTopics } from './train-topics'

writeTopics()
writePassages(houseWords())
writeActs()
