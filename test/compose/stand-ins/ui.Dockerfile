# Stands in for temporalio/ui: the same program with the configuration of its image.
FROM node:22-bookworm-slim
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends netcat-openbsd
WORKDIR /home/ui-server
COPY ui-server ./
COPY ui-config config
USER node
ENTRYPOINT ["./ui-server", "--env", "docker", "start"]
