#!/usr/bin/env bash
# Installs what the runtime matrix takes from Debian and not from npm: Chromium, and libpng with a C compiler.
set -euo pipefail
command -v chromium > /dev/null && [ -e /usr/include/png.h ] && command -v cc > /dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium gcc libc6-dev libpng-dev
