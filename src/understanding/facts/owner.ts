/** Whose is the Azure subscription? */
import type { FactRule } from './told'

const person = String.raw`(?:colleagues?|co-?founder|cofondat(?:eur|rice)|boss|manager|accountant|bookkeeper|nephew|niece|son|daughter|wife|husband|sister|brother|finance(?: team)?|accounting|cto|ceo|cfo|director|principal|it (?:guy|man|lad|department)|developer|dev|intern|secretary|collegues?|patronne?|chef|chefe|comptable|compta|neveu|fils|fille|femme|mari|soeur|frere|direct(?:eur|rice)|gerante?|informaticien(?:ne)?|developpeur|stagiaire|secretaire|associee?|president|tresoriere?|prof)`
const whom = String.raw`(?:my|our|the|mon|ma|notre|la|le|l'|his|her)\s?(?:old |former |ex-?|ancien(?:ne)? )?${person}`
const sub = String.raw`(?:azure|subscriptions?|sub|abonnements?|abo|souscription|it|one|l'abonnement|ca|that)`
const made = String.raw`(?:opened|made|created|set (?:it|one|this|that|azure|everything) up|set up|started|owns?|bought|pays? for|signed up|registered|a (?:ouvert|cree|fait|pris|monte|souscrit)|avait (?:ouvert|cree|fait)|l'a (?:ouverte?|creee?|faite?|prise?)|possede|gere)`
const gone = String.raw`(?:left(?! (?:to|side|menu|over|corner))|gone|retired|moved away|died|dead|passed away|quit|resigned|graduated|fired|no longer (?:works|here|with us)|doesn't work here|not here any ?more|parti|partie|decedee?|mort|retraitee?|(?:a la |en )retraite|demission\w*|(?:ne )?travaille plus|n'est plus (?:la|chez|dans|parmi)|est plus (?:la|chez)|a quitte|licencie|vire)`

export const ownerRules: readonly FactRule[] = [
  {
    fact: 'owner',
    value: 'me',
    says: new RegExp(
      String.raw`\b(?:(?:le |la )?proprietaire,? c'est moi|c'est moi (?:le |la )?proprietaire|the owner is me|(?:the )?owner,? that's me|i own (?:the |this |that |our |my )?${sub}|i'?m the owner of (?:the |our )?(?:azure|sub)|(?:i|j'ai|je l'ai) (?:opened|created|made|set up|ouverte?|cree?e?) (?:the |our |my |l'|un |notre |cet )?(?:azure )?${sub}|c'est moi qui (?:ai|l'ai) (?:ouvert|cree|fait)\w*|(?:l'abonnement|azure) est a (?:moi|mon nom))`,
    ),
    steady: true,
    ofOthers: true,
  },
  {
    fact: 'owner',
    value: 'gone',
    says: new RegExp(
      String.raw`\b(?:owner|who (?:made|created|opened|set|started|built|owns?|had)|founder|creator|qui (?:l'|avait |a |l'a |l'avait )*(?:ouvert|cree|fait|pris|monte)\w*|proprietaire|proprio|titulaire|fondat(?:eur|rice)|createur|${person}).{0,60}\b${gone}\b|\b${gone}\b.{0,30}\b(?:owned|owner of|who (?:made|created|opened))\b`,
    ),
    steady: true,
    ofOthers: true,
    ownNegation: true,
  },
  {
    fact: 'owner',
    value: 'colleague',
    says: new RegExp(
      String.raw`\b${whom}(?:'s| is| est)? (?:the |le |la |un |a )?(?:owner|proprietaire|proprio|titulaire)\b|\b${whom} (?:who |qui )?${made}\b.{0,25}\b(?:${sub})?|\b(?:azure|subscription|abonnement|sub|it)\b.{0,20}\b(?:opened|made|created|set up|owned|paid|ouvert|cree|paye|pris)e? (?:by|par) ${whom}|\b(?:azure|subscription|abonnement|sub|it)(?:'s)?\b.{0,12}\b(?:in|under|on|au|a|sous le)(?: nom)?(?: de| du)? ?${whom}`,
    ),
    steady: true,
    ofOthers: true,
  },
  {
    fact: 'owner',
    value: 'partner',
    says: /\b(?:reseller|partner|msp|provider|revendeur|prestataire|partenaire|integrateur) (?:is the owner|owns|created|opened|set up|holds|est (?:le )?proprietaire|possede|a (?:cree|ouvert)|l'a (?:cree|ouvert))\b/,
    steady: true,
    ofOthers: true,
  },
  {
    fact: 'owner',
    value: 'personal-account',
    says: /\b(?:azure|subscriptions?|sub|abonnements?|abo|souscription)\b.{0,45}\b(?:hotmail|g ?mail|outlook\.(?:com|fr)|live\.(?:com|fr)|yahoo|personal (?:account|e-?mail)|private (?:account|e-?mail)|(?:compte|adresse|mail)s? perso\w*|prive)\b/,
    steady: true,
  },
]
