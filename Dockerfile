# Both stages stand on the same bytes: a tag moves, a digest does not. It names the index over all platforms; take a
# newer one by hand, tag and digest together (`docker buildx imagetools inspect node:24-bookworm-slim`).
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY launch launch
COPY src src
# `dist` is a link: what it points to is copied into the image.
RUN npm run build && cp -rL dist finished && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20
# redis-tools holds the whole server: the private one that is started when REDIS_URL is not set. Nothing here installs
# packages of npm later, so its managers go.
RUN apt-get update \
    && apt-get install -y --no-install-recommends redis-tools \
    && rm -rf /var/lib/apt/lists/* \
        /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
        /opt/yarn-* /usr/local/bin/yarn /usr/local/bin/yarnpkg \
    && install -d -o 1000 -g 1000 -m 0700 /data
WORKDIR /app
# All of it belongs to root: the process cannot change what it runs.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/finished dist

# The root file system can be read-only: only /data and /tmp are written to. Probes and scrapes come from outside the
# pod, so the admin port listens on all addresses; SECURITY.md says what it shows. Tools of developers sign nobody in.
ENV NODE_ENV=production ADMIN_HOST=0.0.0.0 DATA_DIR=/data AZURE_TOKEN_CREDENTIALS=prod
VOLUME /data
# By number, or a cluster that asks for no root cannot tell.
USER 1000:1000
EXPOSE 3000 9090
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ADMIN_PORT || 9090}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
