# Stands in for temporalio/admin-tools: the tools and the schema that our jobs use of it.
FROM node:22-bookworm-slim
RUN useradd --create-home temporal
COPY temporal temporal-sql-tool /usr/local/bin/
COPY schema /etc/temporal/schema
USER temporal
