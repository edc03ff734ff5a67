#!/usr/bin/env bash
# What do people sign in to, where Bicep may not register it? The same app as infra/modules/sign-in-app.bicep, made with az; run it again to repair it.
#
#   infra/register.sh BOT_ID BOT_PRINCIPAL_ID CONNECTION_IDENTIFIER [PERMISSION ...]
#
# The first three are outputs of the deployment (MicrosoftAppId, botPrincipalId, connectionIdentifier). Permissions are delegated ones of Microsoft
# Graph (README, Permissions); none: User.Read. WITH_AZURE=no leaves Azure Service Management out. Prints the app's id, for signInAppId.
set -euo pipefail

if [ "$#" -lt 3 ]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0"
  exit 2
fi
bot=$1 principal=$2 connection=$3
shift 3
[ "$#" -gt 0 ] || set -- User.Read
name=${NAME:-OneTenant}
token_service=${TOKEN_SERVICE_HOST:-token.botframework.com}
graph=00000003-0000-0000-c000-000000000000
azure=797f4846-ba00-4fd7-ba43-dac1f8f63013

tenant=$(az account show --query tenantId --output tsv)
authority=$(az cloud show --query endpoints.activeDirectory --output tsv)
issuer=${authority%/}/$tenant/v2.0

uri=api://botid-$bot
app=$(az ad app list --identifier-uri "$uri" --query '[0].appId' --output tsv)
[ -n "$app" ] || app=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
az ad sp show --id "$app" --output none 2>/dev/null || az ad sp create --id "$app" --output none

# The scope keeps its id, or people would have to consent anew.
scope=$(az ad app show --id "$app" --query "api.oauth2PermissionScopes[?value=='access_as_user'].id | [0]" --output tsv)
[ -n "$scope" ] || scope=$(node -p 'crypto.randomUUID()')

ids_of() {
  local resource=$1
  shift
  for permission in "$@"; do
    id=$(az ad sp show --id "$resource" --query "oauth2PermissionScopes[?value=='$permission'].id | [0]" --output tsv)
    [ -n "$id" ] || { echo "$permission is no delegated permission of $resource." >&2; exit 1; }
    echo "$id"
  done
}
wanted=$(ids_of "$graph" "$@")
wanted_azure=
[ "${WITH_AZURE:-yes}" = no ] || wanted_azure=$(ids_of "$azure" user_impersonation)

body() {
  URI=$uri SCOPE=$scope REDIRECT=https://$token_service/.auth/web/redirect GRAPH=$graph AZURE=$azure WANTED=$wanted WANTED_AZURE=$wanted_azure CLIENTS=$1 node -e '
    const { URI, SCOPE, REDIRECT, GRAPH, AZURE, WANTED, WANTED_AZURE, CLIENTS } = process.env
    const access = (resourceAppId, ids) => ({ resourceAppId, resourceAccess: ids.split(/\s+/).filter(Boolean).map((id) => ({ id, type: "Scope" })) })
    console.log(JSON.stringify({
      identifierUris: [URI],
      web: { redirectUris: [REDIRECT] },
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [{
          id: SCOPE, value: "access_as_user", type: "User", isEnabled: true,
          adminConsentDisplayName: "Look things up in your name",
          adminConsentDescription: "Lets the bot look up roles and the tenant in the name of the person who writes to it.",
          userConsentDisplayName: "Look things up in your name",
          userConsentDescription: "Lets the bot look up your roles and your tenant in your name.",
        }],
        preAuthorizedApplications: CLIENTS.split(" ").filter(Boolean).map((appId) => ({ appId, delegatedPermissionIds: [SCOPE] })),
      },
      requiredResourceAccess: [access(GRAPH, WANTED), ...(WANTED_AZURE ? [access(AZURE, WANTED_AZURE)] : [])],
    }))'
}
object=$(az ad app show --id "$app" --query id --output tsv)
root=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv)
# A client can be named only for a scope that is there already, so the scope goes first.
for clients in '' '1fec8e78-bce4-4aaf-ab1b-5451cc387264 5e3ce6c0-2b1f-4285-8d4b-75ee78787346'; do
  az rest --method PATCH --url "${root%/}/v1.0/applications/$object" --headers Content-Type=application/json --body "$(body "$clients")" --output none
done

trust() {
  local credential=$1 subject=$2
  [ -z "$(az ad app federated-credential list --id "$app" --query "[?name=='$credential'].id" --output tsv)" ] || return 0
  az ad app federated-credential create --id "$app" --output none --parameters \
    "{\"name\":\"$credential\",\"issuer\":\"$issuer\",\"subject\":\"$subject\",\"audiences\":[\"api://AzureADTokenExchange\"]}"
}
# The Bot Service names itself by the tenant's id, its bytes in a GUID's order, in base64url.
encoded=$(TENANT=$tenant node -p '
  const h = process.env.TENANT.replaceAll("-", "")
  const pair = (i) => h.slice(2 * i, 2 * i + 2)
  Buffer.from([3, 2, 1, 0, 5, 4, 7, 6].map(pair).join("") + h.slice(16), "hex").toString("base64url")')
trust bot "$principal"
trust connection "/eid1/c/pub/t/$encoded/a/9ExAW52n_ky4ZiS_jhpJIQ/$connection"

echo "signInAppId=$app"
echo "Consent for everybody: ${authority%/}/$tenant/adminconsent?client_id=$app" >&2
