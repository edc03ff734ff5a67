/** What runs in the subscription that a move would break or a rebuild must save? */
import type { FactRule } from './told'

export const runsRules: readonly FactRule[] = [
  { fact: 'aks', value: 'runs', says: /\b(?:aks|kubernetes|k8s|clusters?)\b/ },
  { fact: 'key-vault', value: 'runs', says: /\b(?:key ?vaults?|coffres?(?:-forts?)? (?:de |a |aux )cles?)\b/ },
  { fact: 'sql', value: 'runs', says: /\b(?:sql|databases?|postgres\w*|mysql|cosmos ?db|bases? de donnees|bdd)\b/ },
  { fact: 'storage', value: 'runs', says: /\b(?:storage accounts?|blobs?|data lakes?|file shares?|comptes? de stockage|azure files)\b/ },
  { fact: 'vm', value: 'runs', says: /\b(?:vms?|virtual machines?|machines? virtuelles?)\b/ },
  { fact: 'managed-identity', value: 'runs', says: /\b(?:managed identit(?:y|ies)|msi|identites? (?:manage\w*|geree?s?))\b/ },
]
