#!/bin/sh
# Install the system tools that tests use, when they are missing and we are root; otherwise say what will be skipped.
set -u
missing=""
need() { # need COMMAND-OR-FILE PACKAGE
    case "$1" in
        *.so.*) ldconfig -p 2>/dev/null | grep -q "$1" || missing="$missing $2" ;;
        *) command -v "$1" >/dev/null 2>&1 || missing="$missing $2" ;;
    esac
}
need chromium chromium
need soffice libreoffice-writer-nogui
need pdftoppm poppler-utils
need libical.so.3 libical3
need node nodejs
need npm npm
need systemd-analyze systemd
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing what the tests use:$missing"
    # shellcheck disable=SC2086 # a list of package names
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
fi
echo "NOT INSTALLED:$missing - the tests that use them will be skipped"
exit 0
