/** Does a message turn the direction round: not Azure for Microsoft 365 but the other way? */
const otherWay = /\b(?:other way (?:round|around|about)|the (?:opposite|reverse)|l['’]inverse|le contraire|(?:dans )?l['’]autre sens)\b/iu

/** With whatever stands around it. */
export const saysOtherWay = (text: string): boolean => otherWay.test(text)
