# Stands in for prom/prometheus: Debian's own Prometheus, with user, folder and command of the image.
FROM node:22-bookworm-slim
RUN apt-get update -qq \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends prometheus wget >/dev/null \
  && install -d -o nobody -g nogroup /prometheus
WORKDIR /prometheus
USER nobody
VOLUME /prometheus
ENTRYPOINT ["prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
