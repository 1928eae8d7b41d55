# Stands in for temporalio/server: the same program with the configuration that is built into it.
# Like the image's own start script, this one finds the address to give to the server's parts.
FROM node:22-bookworm-slim
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends netcat-openbsd \
  && useradd --create-home temporal
COPY temporal-server /usr/local/bin/
WORKDIR /etc/temporal
USER temporal
CMD ["sh", "-c", "TEMPORAL_BROADCAST_ADDRESS=$(hostname -i) exec temporal-server start"]
