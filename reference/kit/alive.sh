#!/usr/bin/env bash
# Whether a server in this container answers HTTP, whatever the answer, for health checks: alive.sh http|https PORT
#
# In bash, for a check in Python takes three times as much of a processor, every few seconds in each of a dozen
# containers. The server's certificate is its clients' business, not that of a health check.
ask() { printf 'GET / HTTP/1.0\r\n\r\n'; }

case $1 in
  http) exec 3<>"/dev/tcp/127.0.0.1/$2" && ask >&3 && read -r -N 5 -t 2 said <&3 ;;
  https) said=$(ask | timeout 2 openssl s_client -quiet -connect "127.0.0.1:$2" 2>/dev/null | head -c 5) ;;
esac
[ "$said" = HTTP/ ] || { echo "nothing on port $2 answers" >&2; exit 1; }
