#!/usr/bin/env bash
# processes.sh: the processes of a lab, known by the files STATE/pids/NAME. Sourced, with `state` set.

# shellcheck disable=SC2154
: "$state"

# What runs the commands of launch(): `ip netns exec NAMESPACE`, for example.
inside=()

# launch NAME COMMAND...: runs it in the background, apart from this shell, its output in STATE/NAME.out.
launch() {
    local name=$1
    shift
    setsid ${inside[@]+"${inside[@]}"} "$@" </dev/null >"$state/$name.out" 2>&1 &
    echo "$!" >"$state/pids/$name"
    disown "$!"
}

# A process is ours when its command line names our state directory; one that only waits to be reaped has ended.
alive() {
    [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF "$state"
}

# await_end PID TENTHS: true when the process is gone in time.
await_end() {
    local left=$2
    while alive "$1"; do
        [ "$left" -gt 0 ] || return 1
        left=$((left - 1))
        sleep 0.1
    done
}

stop_all() {
    local file pid
    for file in "$state"/pids/*; do
        [ -f "$file" ] || continue
        pid=$(<"$file")
        alive "$pid" && kill -TERM "$pid"
    done
    for file in "$state"/pids/*; do
        [ -f "$file" ] || continue
        pid=$(<"$file")
        await_end "$pid" 50 || kill -KILL "$pid"
        rm -f "$file"
    done
}

# The first process that has ended by itself, with the end of its log; nothing when all run.
ended() {
    local file name
    for file in "$state"/pids/*; do
        name=$(basename "$file")
        alive "$(<"$file")" && continue
        echo "$name has ended; its last words:"
        cat "$state/$name.log" "$state/$name.out" 2>/dev/null | tail -n 5
        return
    done
}
