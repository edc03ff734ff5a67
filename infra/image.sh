#!/usr/bin/env bash
# Where does the image come from? Builds it in a registry of yours, so that no container engine is needed here. azd runs it before it provisions.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "${IMAGE:-}" ] && [ -z "${REGISTRY_NAME:-}" ]; then
  echo "The image is given: $IMAGE"
  exit 0
fi
: "${AZURE_RESOURCE_GROUP:?is missing: the resource group everything goes into}"
: "${AZURE_LOCATION:?is missing: the region, such as westeurope}"

version=$(node -p "require('./package.json').version")
az group create --name "$AZURE_RESOURCE_GROUP" --location "$AZURE_LOCATION" --output none
# The name of a registry is taken once in the world, so it is made of the resource group's own id.
registry=${REGISTRY_NAME:-onetenant$(az group show --name "$AZURE_RESOURCE_GROUP" --query id --output tsv | sha256sum | cut -c1-12)}
az acr show --name "$registry" --resource-group "$AZURE_RESOURCE_GROUP" --output none 2>/dev/null ||
  az acr create --name "$registry" --resource-group "$AZURE_RESOURCE_GROUP" --location "$AZURE_LOCATION" --sku Basic --admin-enabled false --output none
az acr build --registry "$registry" --image "onetenant:$version" .
image=$(az acr show --name "$registry" --query loginServer --output tsv)/onetenant:$version

echo "IMAGE=$image"
echo "REGISTRY_NAME=$registry"
if command -v azd >/dev/null && [ -n "${AZURE_ENV_NAME:-}" ]; then
  azd env set IMAGE "$image"
  azd env set REGISTRY_NAME "$registry"
fi
