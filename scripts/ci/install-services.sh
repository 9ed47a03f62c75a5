#!/usr/bin/env bash
# Installs what the server's tests take from Debian and not from npm: a Redis, or Valkey where Debian has it.
set -euo pipefail
command -v valkey-server > /dev/null && exit 0
command -v redis-server > /dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# No service is started: the tests start their own.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get install -y -qq --no-install-recommends valkey-server || apt-get install -y -qq --no-install-recommends redis-server
