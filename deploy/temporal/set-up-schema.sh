#!/bin/sh
# Makes Temporal's two databases and brings their tables to the version of these tools. Runs before
# every start of the server: where all is there it changes nothing, after an upgrade it adds what is
# new. The tool reads address, user and password from SQL_*.
set -eu

set_up() {
  temporal-sql-tool --database "$1" create
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema \
    --schema-dir "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

set_up temporal temporal
set_up temporal_visibility visibility
