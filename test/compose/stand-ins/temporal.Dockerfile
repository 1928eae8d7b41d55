# Stands in for temporalio/temporal: the same program, with the same user, home and entry point.
FROM node:22-bookworm-slim
RUN useradd --create-home temporal
COPY temporal /usr/local/bin/
USER temporal
ENTRYPOINT ["temporal"]
