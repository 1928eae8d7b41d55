#!/bin/sh
# Makes the namespace and the search attributes that a worker asks for. Changes nothing when they
# are there. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE are read by the `temporal` tool itself.
set -eu

ATTEMPTS_MAX=30
attempt=1
# The port answers before the server does.
until temporal operator cluster health >/dev/null 2>&1; do
  if [ "$attempt" -ge "$ATTEMPTS_MAX" ]; then
    echo "No Temporal server serves at $TEMPORAL_ADDRESS after $attempt attempts; look at its log." >&2
    exit 1
  fi
  attempt=$((attempt + 1))
  sleep 1
done

# Long enough for an audit of the last batches; never under 24 h (docs/deployment.md).
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"

# A new namespace is known to the whole server after some seconds. What exists already is left.
attempt=1
until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name BatchTenant --type Keyword --name BatchPhase --type Keyword \
  --name BatchNeedsOperator --type Bool --name BatchSlots --type Int --name BatchReady --type Int; do
  if [ "$attempt" -ge "$ATTEMPTS_MAX" ]; then
    echo "The search attributes of '$TEMPORAL_NAMESPACE' could not be made." >&2
    exit 1
  fi
  attempt=$((attempt + 1))
  sleep 1
done
