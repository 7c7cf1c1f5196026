#!/bin/bash
# rules.sh [--build DIR] [RULE...]: checks the rules of the house that a compiler does not. Prints each offence as
# path:line: what is wrong, and for each rule whether it is kept. Exit 1 when one is broken.
# rules.sh --self-test: proves that each rule can fail, on samples that break it.
#
# DIR is a build without sanitizers and LTO (build/release); the rules about objects are skipped without it.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
awks=$root/tests/rules
build=$root/build/release
warnings=(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
rules=(includes built tested headers introduced documented function_length file_length unfinished
    writable_data core_imports exports)

# The files of the product; those of the tests.
product() { find common nagios collectd unbound-module -name "$1" -type f 2>/dev/null | sort; }
tests() { find tests -name "$1" -type f | sort; }

# Objects of the product, each as "object source".
objects() {
    find "$build" -path '*.dir/*' -name '*.o' \
        \( -path "$build/common/*" -o -path "$build/nagios/*" -o -path "$build/collectd/*" \
        -o -path "$build/unbound-module/*" \) | sort | while read -r object; do
        source=${object#"$build"/}
        folder=${source%%/CMakeFiles/*}
        source=$folder/${source#*.dir/}
        echo "$object ${source%.o}"
    done
}

# The first line of file $1 with the word $2, as "path:line".
line_of() {
    local line
    line=$(grep -nwm1 -- "$2" "$1" 2>/dev/null | cut -d: -f1)
    echo "$1:${line:-1}"
}

rule_includes() { # includes point inward
    { product '*.[ch]'; tests '*.[ch]'; } | xargs -r awk -f "$awks/includes.awk"
}

rule_built() { # each source is listed in its CMakeLists.txt
    local file folder
    product '*.c' | while read -r file; do
        folder=${file%%/*}
        grep -qwF -- "${file#*/}" "$folder/CMakeLists.txt" || grep -qw -- "dw_check($(basename "$file" .c))" "$folder/CMakeLists.txt" ||
            echo "$file:1: is not in $folder/CMakeLists.txt, so nobody builds it"
    done
}

rule_tested() { # each module has its unit test
    local file module line
    product '*.c' | while read -r file; do
        case $file in
        nagios/main.c | nagios/man.c | nagios/check_*) continue ;;
        esac
        module=${file#common/}
        module=${module%.c}
        line="dw_unit_test($module"
        [[ $module != nagios/* ]] || line="dw_nagios_unit_test(${module#nagios/}"
        if [ ! -f "tests/unit/$(dirname "$module")/test_$(basename "$module").c" ]; then
            echo "$file:1: has no test tests/unit/$(dirname "$module")/test_$(basename "$module").c"
        elif ! grep -q "^ *${line}[ )]" tests/CMakeLists.txt; then
            echo "$file:1: its test is not run: tests/CMakeLists.txt has no line $line)"
        fi
    done
}

rule_headers() { # headers compile alone, and twice
    local header extra
    { product '*.h'; tests '*.h'; } | while read -r header; do
        extra=(-I"${header%%/*}")
        if [[ $header == collectd/* ]]; then
            [ -d /usr/include/collectd ] || continue
            extra+=(-DHAVE_CONFIG_H -isystem /usr/include/collectd)
        fi
        printf '#include "%s"\n#include "%s"\ntypedef int dw_unit;\n' "$header" "$header" |
            gcc -std=c11 -D_GNU_SOURCE "${warnings[@]}" -I. -Icommon -Inagios "${extra[@]}" -fsyntax-only -x c - 2>&1 |
            grep -E 'error|warning' | sed "s|^|$header:1: does not compile alone: |"
    done
}

rule_introduced() { # the first words of a header say what it is for
    local header name
    product '*.h' | while read -r header; do
        name=$(basename "$header" .h)
        head -2 "$header" | tr '\n' ' ' | grep -q "^/\* *\* $name: " ||
            echo "$header:1: does not begin with a comment '$name: what it is for'"
    done
}

rule_documented() { # each public function has a comment above it
    product '*.h' | xargs -r awk -f "$awks/prototypes.awk"
}

# Reads "length path line name", ascending; argument: what they are.
judge_lengths() {
    awk -v what="$1" '
        { length_of[NR] = $1 }
        $1 > 60 { printf "%s:%d: %s has %d lines; 60 is the end\n", $2, $3, $4, $1 }
        END {
            if (NR == 0)
                exit
            median = length_of[int((NR + 1) / 2)]
            p90 = length_of[int((NR * 9 + 9) / 10)]
            printf "  %s: %d functions, median %d lines, 90th percentile %d, longest %d\n",
                what, NR, median, p90, length_of[NR] > "/dev/stderr"
            if (median > 15)
                printf "%s:1: half of the functions have more than %d lines; 15 is usual\n", what, median
            if (p90 > 40)
                printf "%s:1: a tenth of the functions has more than %d lines; 40 is the bound\n", what, p90
        }'
}

rule_function_length() { # median 15 lines, 90th percentile 40, none over 60
    product '*.[ch]' | xargs -r awk -f "$awks/functions.awk" | sort -n | judge_lengths product
    tests '*.[ch]' | xargs -r awk -f "$awks/functions.awk" | sort -n | judge_lengths tests
}

rule_file_length() { # a file has 400 lines at most
    local file lines
    { product '*.[ch]'; tests '*.[ch]'; } | while read -r file; do
        lines=$(wc -l <"$file")
        [ "$lines" -le 400 ] || echo "$file:401: the file has $lines lines; 400 is the end"
    done
}

rule_unfinished() { # nothing is left for later
    { product '*'; tests '*.[ch]'; } | xargs -r grep -nwE 'TODO|FIXME|XXX|HACK' | sed 's/$/ (left for later)/'
}

rule_writable_data() { # no object has data that can be written at file scope
    local object source section size name
    objects | while read -r object source; do
        # Relocated constants are read-only once the program runs; .data.rel.ro is not writable data.
        objdump -tw "$object" | awk '/\t/ && $NF !~ /^\./ {
            split($0, half, "\t"); n = split(half[1], left, " "); m = split(half[2], right, " ")
            section = left[n]
            if (section ~ /^(\.t?data|\.t?bss|\.l?data|\.l?bss|\*COM\*)/ && section !~ /^\.data\.rel\.ro/)
                print section, right[1], right[m]
        }' | while read -r section size name; do
            # The host's callbacks bring no pointer: one is kept.
            [[ $source == collectd/dnssec.c && $size == 0000000000000008 ]] && continue
            echo "$(line_of "$source" "${name%%.*}"): ${name%%.*} can be written ($section): state lives in a struct of the host"
        done
    done
}

# What the core may call: memory and strings of libc, without those that allocate, keep state or ask the locale.
core_may='^(mem(chr|rchr|cmp|cpy|move|set|mem|pcpy)|str(n?len|n?cmp|n?casecmp|n?cat|r?chr|chrnul|n?cpy|c?spn|pbrk|str|toll?|toull?|toimax|toumax)|stpn?cpy|v?snprintf|raw)$'
core_may_too='^(__(mem(cpy|move|set|pcpy)|str(n?cpy|n?cat)|stpn?cpy|v?snprintf)_chk|__isoc[0-9]*_strto(l|ul|ll|ull|imax|umax)|__errno_location|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_)$'

rule_core_imports() { # the core calls nothing but memory and string functions
    local object source name own
    own=$(objects | awk '$2 ~ /^common\/core\// { print $1 }' | xargs -r nm --defined-only 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u)
    objects | awk '$2 ~ /^common\/core\//' | while read -r object source; do
        nm -u "$object" | awk '{ print $2 }' | grep -vxF -- "$own" | grep -vE "$core_may" | grep -vE "$core_may_too" |
            while read -r name; do
                echo "$(line_of "$source" "$name"): calls $name; common/core may call memory and string functions only"
            done
    done
}

rule_exports() { # what is loaded by a host exports only what that host looks up
    local file name
    find "$build" -type f \( -path '*/nagios/check_*' -o -path '*/collectd/*.so' -o -path '*/unbound-module/*.so' \) \
        ! -path '*/CMakeFiles/*' -perm -u+x | sort | while read -r file; do
        nm -D --defined-only "$file" | awk '$2 ~ /[TtWiD]/ { print $3 }' | while read -r name; do
            case $file:$name in
            */collectd/*:module_register) ;;
            */unbound-module/*:init | */unbound-module/*:deinit | */unbound-module/*:operate) ;;
            */unbound-module/*:inform_super | */unbound-module/*:clear | */unbound-module/*:get_mem) ;;
            *) echo "${file#"$build"/}:1: exports $name, which no host looks up" ;;
            esac
        done
    done
}

# Runs one rule in the current folder; prints its offences, and returns 1 when there is one.
run_rule() {
    local found
    found=$("rule_$1")
    [ -n "$found" ] || return 0
    echo "$found"
    return 1
}

needs_objects() { [[ " writable_data core_imports exports " == *" $1 "* ]]; }

check() {
    local rule n=0 broken=0 skipped=0
    for rule in "$@"; do
        declare -F "rule_$rule" >/dev/null || { echo "rules.sh: no rule '$rule'; there are: ${rules[*]}" >&2; return 3; }
        if needs_objects "$rule" && [ ! -f "$build/build.ninja" ]; then
            echo "skip   $rule: no build in $build"
            skipped=$((skipped + 1))
        elif run_rule "$rule"; then
            echo "kept   $rule"
        else
            echo "BROKEN $rule"
            broken=$((broken + 1))
        fi
        n=$((n + 1))
    done
    echo "$n rules, $broken broken, $skipped skipped"
    [ "$broken" -eq 0 ]
}

# The self-test: a small tree that keeps every rule, and one change after the other that breaks one.

sample() { mkdir -p "$(dirname "$1")" && cat >"$1"; }

clean_tree() {
    rm -rf -- * || return
    sample common/core/span.h <<'END'
/*
 * span: a sample that keeps every rule.
 */
#ifndef DW_CORE_SPAN_H
#define DW_CORE_SPAN_H

/* Adds one. */
int dw_span_next(int value);

#endif
END
    sample common/core/span.c <<'END'
#include "core/span.h"

static const char *const words[] = {"one", "two"};

int dw_span_next(int value)
{
	return value + (words[value & 1][0] == 'o');
}
END
    sample common/dns/crypto.c <<<'#include <openssl/evp.h>'
    sample common/text/zone.c <<<'#include <ldns/ldns.h>'
    sample nagios/plugin.h <<<$'/*\n * plugin: a sample.\n */\nstruct dw_plugin;'
    sample nagios/check_x.c <<<$'#include "core/span.h"\n#include "plugin.h"\n\nint main(void)\n{\n\treturn dw_span_next(1);\n}'
    sample common/CMakeLists.txt <<<$'core/span.c\ndns/crypto.c\ntext/zone.c'
    sample nagios/CMakeLists.txt <<<'dw_check(check_x)'
    sample tests/CMakeLists.txt <<<$'dw_unit_test(core/span)\ndw_unit_test(dns/crypto)\ndw_unit_test(text/zone)'
    sample tests/unit/core/test_span.c <<<'int x;'
    sample tests/unit/dns/test_crypto.c <<<'int x;'
    sample tests/unit/text/test_zone.c <<<'int x;'
}

clean_build() {
    build=$PWD/build
    sample build/build.ninja </dev/null
    compile common/core/span.c
    link_check nagios/check_x.c
}

compile() {
    local object=$build/${1%%/*}/CMakeFiles/x.dir/${1#*/}.o
    mkdir -p "$(dirname "$object")"
    gcc -std=c11 -O1 -fPIC -fno-builtin -fvisibility=hidden -Icommon -Inagios -c "$1" -o "$object"
}

link_check() {
    mkdir -p "$build/nagios"
    gcc -std=c11 "${@:2}" -fvisibility=hidden -Icommon -Inagios "$1" common/core/span.c -o "$build/nagios/$(basename "$1" .c)"
}

# A function named $1 of $2 lines, signature and braces included.
long_function() {
    printf 'int %s(int a)\n{\n' "$1"
    for ((i = 0; i < $2 - 4; i++)); do printf '\ta++;\n'; done
    printf '\treturn a;\n}\n'
}

break_includes_1() { sample common/core/up.c <<<'#include "dns/wire.h"'; }
break_includes_2() { sample common/dns/wire.c <<<'#include <ldns/wire2host.h>'; }
break_includes_3() { sample common/dns/rules.c <<<'#include <openssl/evp.h>'; }
break_includes_4() { sample unbound-module/layout.c <<<'#include "dns/wire.h"'; }
break_includes_5() { sample collectd/watch.c <<<'#include "plugin.h"'; }
break_includes_6() { sample nagios/check_y.c <<<'#include <collectd/core/daemon/plugin.h>'; }
break_includes_7() { sample unbound-module/module.c <<<'#include "util/module.h"'; }
break_includes_8() { sample common/core/up.c <<<'#include "../dns/wire.h"'; }
break_includes_9() { sample common/dns/host.c <<<'#include "plugin.h"'; }
break_built() { sample common/core/orphan.c </dev/null; }
break_tested_1() { sample common/core/orphan.c </dev/null; }
break_tested_2() { : >tests/CMakeLists.txt; }
break_headers_1() { sample common/core/lone.h <<<'size_t dw_lone(void);'; }
break_headers_2() { sample common/core/twice.h <<<'struct dw_twice { int a; };'; }
break_introduced() { sample common/core/lone.h <<<'/* something else */'; }
break_documented_1() { echo 'int dw_span_last(int value);' >>common/core/span.h; }
break_documented_2() { printf '/* Far. */\n\nint dw_span_last(\n\tint value);\n' >>common/core/span.h; }
break_function_length_1() { long_function dw_long 61 >>common/core/span.c; }
break_function_length_2() { for ((count = 0; count < 9; count++)); do long_function "dw_f$count" 16; done >>common/core/span.c; }
break_function_length_3() { for ((count = 0; count < 9; count++)); do long_function "dw_f$count" $((count < 6 ? 4 : 41)); done >>common/core/span.c; }
break_file_length() { for ((count = 0; count < 401; count++)); do echo; done >common/core/span.h; }
break_unfinished() { echo "/* TO""DO: the rest */" >>common/core/span.c; }
break_writable_data_1() { echo 'int dw_count = 1;' >>common/core/span.c && compile common/core/span.c; }
break_writable_data_2() { echo 'int *dw_f(void); int *dw_f(void) { static int calls; return &calls; }' >>common/core/span.c && compile common/core/span.c; }
break_writable_data_3() { echo 'const char *dw_words[] = {"a"};' >>common/core/span.c && compile common/core/span.c; }
break_writable_data_4() { echo '_Thread_local int dw_mine;' >>common/core/span.c && compile common/core/span.c; }
break_core_imports_1() { printf '#include <stdlib.h>\nvoid *dw_take(void);\nvoid *dw_take(void) { return malloc(3); }\n' >>common/core/span.c && compile common/core/span.c; }
break_core_imports_2() { printf '#include <time.h>\nlong dw_now(void);\nlong dw_now(void) { return time(0); }\n' >>common/core/span.c && compile common/core/span.c; }
break_exports() { link_check nagios/check_x.c -fvisibility=default -rdynamic -D__attribute__= && gcc -std=c11 -rdynamic -Icommon -Inagios nagios/check_x.c common/core/span.c -o "$build/nagios/check_x"; }

self_test() {
    local rule sample samples=0 wrong=0
    scratch=$(mktemp -d) || return 3
    trap 'rm -rf "$scratch"' EXIT
    cd "$scratch" || return 3
    clean_tree
    clean_build
    for rule in "${rules[@]}"; do
        samples=$((samples + 1))
        run_rule "$rule" 2>/dev/null && continue
        echo "WRONG  $rule: finds fault with a clean tree"
        wrong=$((wrong + 1))
    done
    for rule in "${rules[@]}"; do
        for sample in $(compgen -A function "break_$rule" | sort); do
            [[ $sample =~ ^break_${rule}(_[0-9])?$ ]] || continue
            samples=$((samples + 1))
            clean_tree
            ! needs_objects "$rule" || clean_build
            "$sample"
            if run_rule "$rule" >offences 2>/dev/null; then
                echo "WRONG  $rule: does not see $sample"
                wrong=$((wrong + 1))
            else
                echo "seen   $sample: $(head -1 offences)"
            fi
        done
        compgen -A function "break_$rule" >/dev/null || { echo "WRONG  $rule: has no sample"; wrong=$((wrong + 1)); }
    done
    echo "$samples samples, $wrong wrong"
    [ "$wrong" -eq 0 ]
}

cd "$root" || exit 3
chosen=()
while [ $# -gt 0 ]; do
    case $1 in
    --self-test) self_test; exit ;;
    --build) build=$(cd "${2:?--build wants a folder}" && pwd) || exit 3; shift ;;
    -*) echo "usage: rules.sh [--build DIR] [RULE...] | --self-test" >&2; exit 3 ;;
    *) chosen+=("$1") ;;
    esac
    shift
done
[ ${#chosen[@]} -gt 0 ] || chosen=("${rules[@]}")
check "${chosen[@]}"
