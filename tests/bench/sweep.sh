#!/usr/bin/env bash
# sweep.sh [--build DIR] [--ports N] [--rounds N] [--count N] [--algorithm N] [--large N]: measures the engine on
# N zones of the lab, DNSKEY and SOA each, against its limits. Everything that is compared runs in turns in one
# run, and the median of the rounds counts; a part of something is taken round by round, so that a machine whose
# speed drifts moves both sides of it. Exit 1 when a limit is missed.
# shellcheck disable=SC2016 # formulas are awk's
set -u -o pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$root/build/release ports=15400 rounds=5 count=10000 algorithm=13 large=50000 net=127.0.54
usage() {
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
while [ $# -gt 1 ]; do
    case $1 in
    --build) build=$(cd "$2" && pwd) || exit 3 ;;
    --ports) ports=$2 ;;
    --rounds) rounds=$2 ;;
    --count) count=$2 ;;
    --algorithm) algorithm=$2 ;;
    --large) large=$2 ;;
    *) usage ;;
    esac
    shift 2
done
[ $# -eq 0 ] || usage
[ "$large" -ge "$count" ] || large=$count

sweep=$build/tests/bench/sweep
server=$net.1
state=$(mktemp -d) || exit 3
burner=''
# shellcheck disable=SC2317 # called by the trap
finish() {
    [ -z "$burner" ] || kill "$burner" 2>/dev/null
    "$root/tests/lab/lab" stop --state "$state/lab" >/dev/null 2>&1
    rm -rf "$state"
}
trap finish EXIT
[ -x "$sweep" ] || { echo "sweep.sh: $sweep is missing; build it first" >&2; exit 3; }
"$root/tests/lab/lab" sweep --build "$build" --state "$state/lab" --ports "$ports" --net "$net" --count "$large" \
    --algorithm "$algorithm" || exit 3

# run NAME OPTION...: sweeps, and adds the line to the results of NAME.
run() {
    local name=$1
    shift
    "$sweep" --server "$server@$ports" "$@" >>"$state/$name" || exit 1
}

# series NAME WORD: the numbers behind WORD in the results of NAME, a round a line.
series() { awk -v word="$2" '{ for (i = 1; i < NF; i++) if ($i == word) print $(i + 1) }' "$state/$1"; }

median() { sort -g | awk '{ all[NR] = $1 } END { print NR ? all[int((NR + 1) / 2)] : "nan" }'; }

# figure NAME WORD: the median of a series.
figure() { series "$1" "$2" | median; }

# share FORMULA NAME WORD [NAME WORD]...: the median over the rounds of a formula in $1, $2, ..., one for each series.
share() {
    local formula=$1 columns=()
    shift
    while [ $# -gt 1 ]; do
        series "$1" "$2" >"$state/column.$1.$2"
        columns+=("$state/column.$1.$2")
        shift 2
    done
    paste "${columns[@]}" | awk "{ printf \"%.3f\\n\", $formula }" | median
}

# The microseconds of user time that OpenSSL says one verification of the algorithm takes; nothing for one that it
# does not measure.
measure_openssl() {
    local name
    case $algorithm in
    5 | 7 | 8 | 10) name=rsa2048 ;;
    13) name=ecdsap256 ;;
    14) name=ecdsap384 ;;
    15) name=ed25519 ;;
    16) name=ed448 ;;
    *) return ;;
    esac
    openssl speed -seconds 1 "$name" 2>/dev/null |
        awk 'END { if ($NF > 0) printf "verify_us %.2f\n", 1e6 / $NF }' >>"$state/openssl"
}

# measure_dnsperf NAME OPTION...: the same questions, with EDNS and DO, by dnsperf; all of its CPU counts as all of ours.
measure_dnsperf() {
    local TIMEFORMAT='%U %S' name=$1
    shift
    { time dnsperf -s "$server" -p "$ports" -d "$state/names" -D -n 5 "$@" >"$state/dnsperf.out" 2>&1; } \
        2>"$state/dnsperf.time"
    awk -v n="$(awk '/Queries completed/ { print $3 }' "$state/dnsperf.out")" \
        '{ printf "query_us %.2f\n", ($1 + $2) * 1e6 / n }' "$state/dnsperf.time" >>"$state/$name"
}

bad=0
# judge WHAT VALUE RELATION LIMIT
judge() {
    local verdict=ok
    awk -v v="$2" -v r="$3" -v l="$4" 'BEGIN { exit !(r == "<=" ? v <= l : v >= l) }' || verdict=MISSED
    [ "$verdict" = ok ] || bad=1
    printf '%-66s %10s  %s %s  %s\n' "$1" "$2" "$3" "$4" "$verdict"
}
tell() { printf '%-66s %10s\n' "$1" "$2"; }
calculate() { awk "BEGIN { printf \"%.${2-2}f\", $1 }"; }

awk -v n="$count" 'BEGIN { for (i = 1; i <= n; i++) printf "z%05d.sweep DNSKEY\nz%05d.sweep SOA\n", i, i }' >"$state/names"
for ((round = 0; round < rounds; round++)); do
    measure_openssl
    run verified --count "$count" --verify
    run net_once --count "$count"
    run net --count "$count" --passes 5
    if command -v dnsperf >/dev/null; then
        measure_dnsperf dnsperf # as it comes: one client, 100 questions at a time
        measure_dnsperf dnsperf8 -c 8
        measure_dnsperf dnsperf500 -c 8 -q 500
    fi
    run large --count "$large" --verify
done
sh -c 'while :; do :; done' &
burner=$!
for ((round = 0; round < rounds; round++)); do
    run burnt --count "$count" --verify
    run burnt --count "$count" --passes 5
done
kill "$burner"
wait "$burner" 2>/dev/null
burner=''
run dead --count "$count" --verify --dead 5

tell "verified sweep of $count zones, algorithm $algorithm: zones/s by the clock" \
    "$(calculate "$count / $(figure verified seconds)" 0)"
tell 'the same by its own CPU time' "$(calculate "1e6 / $(figure verified zone_us)" 0)"
tell 'without verification: zones/s by the clock' "$(calculate "$count / $(figure net_once seconds)" 0)"
tell 'CPU for a zone, verified and without, in us' "$(figure verified zone_us), $(figure net_once zone_us)"
tell 'peak memory of the verified sweep, in kB' "$(figure verified kilobytes)"
if [ -s "$state/openssl" ]; then
    tell 'limit: two verifications by openssl speed + network, CPU in us' \
        "$(share '2 * $1 + $2' openssl verify_us net_once zone_us)"
    part=$(share '(2 * $1 + $2) / $3' openssl verify_us net_once zone_us verified zone_us)
    # The bound is for P-256; RSA and Edwards curves are told.
    if [ "$algorithm" -eq 13 ]; then
        judge 'verified sweep, part of the limit' "$part" '>=' 0.85
    else
        tell 'verified sweep, part of the limit' "$part"
    fi
fi
if [ -s "$state/dnsperf" ]; then
    tell 'CPU for a query, in us' "$(figure net query_us)"
    tell 'the same of dnsperf' "$(figure dnsperf query_us)"
    tell 'the same of dnsperf -c 8' "$(figure dnsperf8 query_us)"
    tell 'the same of dnsperf -c 8 -q 500' "$(figure dnsperf500 query_us)"
    judge 'CPU for a query, part of that of dnsperf at its best' \
        "$(share '$1 / ($2 < $3 ? ($2 < $4 ? $2 : $4) : ($3 < $4 ? $3 : $4))' net query_us dnsperf query_us \
            dnsperf8 query_us dnsperf500 query_us)" '<=' 0.8
else
    tell 'CPU for a query, part of that of dnsperf' 'skipped: no dnsperf'
fi
judge 'needless retries while another process burns a core' "$(series burnt retries | sort -g | tail -1)" '<=' 0
judge 'seconds that 20 % of zones on dead servers add (a ladder is 10.5)' \
    "$(calculate "$(figure dead seconds) - $(figure verified seconds)")" '<=' 10.6
judge "CPU for a zone among $large, part of that among $count" \
    "$(share '$1 / $2' large zone_us verified zone_us)" '<=' 1.15
exit "$bad"
