import type { Registration } from './token-request'

/** What the bot may see when an administrator agreed to everything it can use, and not more. */
const application = [
  'User.Read.All',
  'Organization.Read.All',
  'LicenseAssignment.Read.All',
  'RoleManagement.Read.Directory',
  'RoleEligibilitySchedule.Read.Directory',
  'GroupMember.ReadBasic.All',
]
const delegated = {
  'https://graph.microsoft.com': [
    'User.Read',
    'User.Read.All',
    'LicenseAssignment.Read.All',
    'RoleManagement.Read.Directory',
    'RoleEligibilitySchedule.Read.Directory',
    'GroupMember.ReadBasic.All',
  ],
  'https://management.azure.com': ['user_impersonation'],
}

/** The bot's app registration with every consent given; `Faults.denied` takes some away. */
export const registrationOf = (id: string, secret: string, tenantId: string): Registration => ({
  id,
  secret,
  tenantId,
  roles: application,
  delegated,
})
