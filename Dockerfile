# One image for the worker, the API, the command line and the emulator: `docker run tairfleet <command>`.
# Debian and not Alpine, since Temporal's native core needs glibc.

FROM node:22-bookworm-slim AS manifest
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM manifest AS build
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY tsconfig*.json ./
COPY scripts scripts
COPY src src
# Compiles and bundles the workflows, so that every worker of an image runs the same bytes.
RUN npm run --silent build

FROM manifest AS packages
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund
# Temporal's package brings its native core for every platform, about 30 MB each.
RUN cd node_modules/@temporalio/core-bridge \
  && find releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} + \
  && rm -rf sdk-core src ts bridge-macros

FROM node:22-bookworm-slim
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="tairfleet" \
  org.opencontainers.image.description="Orders thousands of Tair/Redis instances in one request and gets exactly that many." \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"

WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY bin bin
COPY deploy/container-healthy.mjs deploy/
COPY examples examples
RUN ln -s /app/bin/tairfleet /usr/local/bin/tairfleet \
  && install -d -o node -g node /var/lib/tairfleet/results

ENV NODE_ENV=production \
  TAIRFLEET_RESULTS_FOLDER=/var/lib/tairfleet/results \
  TAIRFLEET_HEALTH_PORT=8089
USER node
VOLUME /var/lib/tairfleet/results

# The launcher becomes the program, so that the program itself is process 1 and gets SIGTERM.
STOPSIGNAL SIGTERM
ENTRYPOINT ["tairfleet"]
CMD ["worker"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "/app/deploy/container-healthy.mjs", "http://127.0.0.1:8089/readyz"]
