FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY launch launch
COPY src src
# `dist` is a link: what it points to is copied into the image.
RUN npm run build && cp -rL dist finished && npm prune --omit=dev

FROM node:24-slim
# redis-tools holds the whole server: the private one that is started when REDIS_URL is not set.
RUN apt-get update \
    && apt-get install -y --no-install-recommends redis-tools \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o node -g node -m 0700 /data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/finished dist

# The root file system can be read-only: only /data and /tmp are written to.
ENV NODE_ENV=production ADMIN_HOST=0.0.0.0 DATA_DIR=/data
VOLUME /data
USER node
EXPOSE 3000 9090
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ADMIN_PORT || 9090}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
