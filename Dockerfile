# The image of the bot: built in one stage, shipped in another that holds production packages, the build and Node, and nothing to build with.
# Pinned by tag. To pin by digest, append the one that `docker buildx imagetools inspect node:26-slim` prints: node:26-slim@sha256:<digest>.
ARG NODE=node:26-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY src ./src
RUN npm run build

FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM ${NODE}
# Nothing here is installed any more, so nothing that installs is here.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-*
# A volume that is mounted here for the first time takes over whose it is.
RUN mkdir /data && chown 1000:1000 /data
WORKDIR /app
COPY package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
ENV NODE_ENV=production
# By number, so that a cluster can see that it is not root.
USER 1000:1000
EXPOSE 3978
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/index.js"]
