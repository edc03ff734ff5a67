/** Is something that would lose the position plainly said: a word for it, no question, no "not", and nothing else that is meant? */
import { fold, readable } from './clean'
import type { DestructiveAct } from './act'

const words: Readonly<Record<DestructiveAct, RegExp>> = {
  leave:
    /\b(?:stop|cancel|quit|exit|leave|close|end|abort|abandon|drop|dropping|give up|giving up|forget it|forget about it|get (?:me )?out|i'?m out|enough|no more guide|do not wish to continue|don't want to (?:go on|continue|do this)|not doing this|pack(?:ing)? it in|call it off|scrap|kill|(?:i'?m )?done with (?:this|the) guide|arret\w*|jarrete?|annul\w*|quitt?\w*|kitt?e\w*|ferm\w*|abandonn\w*|laiss\w* tomber|stopp?e?z?|sors|sortir|sortez|termin\w* (?:le|ce) guide|plus (?:faire|continuer|suivre|envie|besoin)|fin du guide|j'en ai fini|tant pis|oubliez? (?:ca|le guide|tout ca)|on oublie|laisse beton|mett\w* fin|met fin|coup\w* (?:court|la))\b/,
  restart:
    /\b(?:restart\w*|start (?:it |this |everything |all |the guide |me |us |things )*(?:all )?(?:over|again|afresh|anew|from|fresh)|starting over|start over|begin (?:again|anew)|from (?:the (?:very )?(?:beginning|start|top|first)|scratch|zero|step (?:1|one)|square one|nothing)|back to (?:the (?:very )?)?(?:start|beginning|square one|step (?:1|one)|zero)|(?:over|all) again|do it over|reset|redo (?:everything|it all|the whole)|wipe and start|recommen[cs]\w*|repren\w* (?:tout |le guide )?(?:du|au|de(?:puis)?|a) ?(?:tout )?(?:zero|debut|depart|1|l'etape 1|la premiere)|(?:a|de|depuis) zero|(?:du|au|depuis le|le) (?:tout )?(?:debut|depart)|redemarr\w*|reinitialis\w*|refai\w*|rejou\w*|depuis l'etape (?:1|une)|premiere etape)\b/,
  'forget-me':
    /\b(?:forget|delete|erase|wipe|remove|purge|clear|scrub|destroy|get rid of|don't keep|do not keep|oubli\w*|effac\w*|supprim\w*|vir\w*|purg\w*|detrui\w*|disparaitre|enlev\w*|retir\w*|nettoy\w*|rgpd|gdpr|droit a l'oubli|gardez? rien)\b/,
}

/** What is to be forgotten: the person, or what is kept of them. */
const aboutThem =
  /\b(?:me\b|my (?:data|stuff|info\w*|history|details|answers|record\w*|account from|traces?|profile)|our (?:data|info\w*|history|records?|details|firm)|about (?:me|us)|everything|all (?:of it|that|you|the)|what(?:ever)? you|(?:oubli\w*|efface|supprime)[- ]?(?:z?[- ]?moi)|moi|mes (?:donnees|infos?|informations|reponses|traces)|nos (?:donnees|infos?|informations)|sur (?:moi|nous)|tout|historique|oublier|l'effacement|(?:ce|tout ce) (?:que|qu'))/

const question =
  /\?|^(?:(?:and|et|so|but|mais) )?(?:what|how|why|when|where|who|which|will|would|does|do i|do we|can i|may i|should|is it|est-ce|comment|pourquoi|que se passe|qu'est-ce|quand|puis-je|peut-on|faut-il|dois-je|si je|what if|if i|combien)\b|\b(?:what happens|que se passe|ce qui se passe)\b/
/** "Can you stop this?" is a wish, however it is put. */
const politeWish =
  /^(?:please |pls |svp )?(?:can|could|would|will) (?:you|we|u)\b|^(?:est-ce qu'on |on |tu |vous )?(?:peut|peux|pouvez|pourr\w*)(?:-(?:tu|vous|on))?\b|^(?:can|may|could|might|shall) (?:i|we)\b/
const negation =
  /\b(?:don't|dont|do not|not|never|without|wouldn't|won't|didn't|didnt|haven't|shouldn't|can't|ne\b|n'|jamais|sans|surtout pas)\b|\bpas (?:de |d')?(?:annul|arret|ferm|quitt|recommen|effac|supprim|oubli|envie de (?:recommen|quitt|arret))|\b(?:annul|arret|ferm|quitt|recommen|effac|supprim|oubli)\w* (?:surtout )?pas\b/
/** Negations that are the wish itself. */
const ownNegation: Readonly<Record<DestructiveAct, RegExp>> = {
  leave:
    /\b(?:(?:don't|dont|do not|no longer|not) (?:want|wish|wanna|feel like|need|going to|doing|interested|carry|continue|bother)|can't be bothered|not (?:doing|continuing|going on)|(?:ne )?(?:veux|souhaite|ai|continue\w*) (?:plus|pas)|n'ai plus|pas (?:la peine|envie|continuer)|not worth|without finishing)\b/,
  restart: /$^/,
  'forget-me': /\b(?:don't keep|do not keep|don't store|ne gardez|ne garde|gardez? rien|not a thing)\b/,
}
/** Something of theirs, not this guide. */
/** "Close this" after whatever reason is plain, whatever else is named before it. */
const closing =
  /\b(?:close|stop|cancel|quit|leave|end|drop) (?:this|it|here|the guide)(?: now| here| please| for (?:now|today))?[.! ]*$|\b(?:ferme[zr]?|arrete[zr]?|stoppe[zr]?|quitte[zr]?|annule[zr]?|laisse[zr]? tomber)[- ]?(?:ca|la|le guide|tout|ici|moi ca)?[.! ]*$/
const foreign =
  /\b(?:(?:the|our|my) (?:office|shop|store|door|window|tab|file|books)|fenetre|onglet|magasin|cabinet|trial|meetings?|my plan|vms?|virtual|servers?|machine|cluster|subscriptions?|invoice|licen[cs]es?|order|pc|computer|laptop|browser|outlook|teams|windows|phone|mailbox|e-?mails?|router|credit card|my card|azure|microsoft|tenant|directory|users?|role|service|app|resource group|database|payment|renewal|contract|agreement|essai|reunion|abonnement|ordinateur|serveurs?|navigateur|licences?|commande|facture|messagerie|boite|telephone|annuaire|locataire|utilisateurs?|paiement|contrat|forfait|carte)\b/
const itsOwn = /\b(?:guide|steps?|etapes?|parcours|this bot|the bot|ce bot|conversation|tutorial|walkthrough|assistant|questionnaire|procedure|demarche)\b/
/** Only the last word, the last answer: that is taking back, not leaving. */
const onlyLast =
  /\b(?:last (?:one|answer|message|thing|click|step|word)|that answer|my answer|derniere?|ma reponse|ce que je viens|what i (?:just )?(?:said|wrote|typed|pressed))\b/

/** "Stop asking", "I was on it from the start": a manner of it, or how it was. */
const otherwise =
  /\b(?:stop|quit|arret\w*) (?:with |avec |avc )?(?:(?:the|your|tes|vos|ces|les|all these) )?(?:asking|saying|telling|repeating|showing|sending|questions?|de (?:me|m'|poser|demander|repeter|dire)|d'(?:envoyer|afficher))\b|\b(?:was|were|been|have had|etais|etait|jetais|etions|avais|avait|ai ete)\b.*\b(?:from the (?:very )?(?:start|beginning)|depuis le (?:tout )?debut|since the (?:start|beginning))\b/

export const isPlain = (act: DestructiveAct, raw: string): boolean => {
  const text = fold(readable(raw)).trim()
  if (!words[act].test(text) || otherwise.test(text)) return false
  if (act === 'forget-me' && !aboutThem.test(text)) return false
  if (question.test(text) && !politeWish.test(text)) return false
  if (negation.test(text) && !ownNegation[act].test(text)) return false
  if (
    act !== 'forget-me' &&
    foreign.test(text) &&
    !itsOwn.test(text) &&
    !(act === 'leave' && closing.test(text) && !foreign.test(closing.exec(text)?.[0] ?? ''))
  )
    return false
  return act === 'restart' || !onlyLast.test(text)
}
