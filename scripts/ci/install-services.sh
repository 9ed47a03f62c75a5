#!/usr/bin/env bash
# Installs what the server's tests take from Debian and not from npm: a Redis, or Valkey where Debian has it, and OpenStack
# Swift, which speaks S3. No service is started: the tests start their own.
set -euo pipefail

packages=()
command -v valkey-server redis-server > /dev/null || packages+=(redis)
[ -e /usr/bin/swift-proxy-server ] || packages+=(swift-proxy swift-account swift-container swift-object)
[ "${#packages[@]}" -eq 0 ] && exit 0

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
if [ "${packages[0]}" = redis ]; then
  if apt-cache show valkey-server > /dev/null 2>&1; then packages[0]=valkey-server; else packages[0]=redis-server; fi
fi
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get install -y -qq --no-install-recommends "${packages[@]}"
