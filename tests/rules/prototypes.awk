# Prints "path:line: name has no comment above it" for each function that a header declares or defines without one.

FNR == 1 { depth = 0; comment = 0; commented = -1; start = 0 }

comment || /^[ \t]*\/\*/ {
    comment = !/\*\//
    if (!comment && /\*\/[ \t]*$/)
        commented = FNR
    next
}
/^#/ || /^$/ || /^extern "C"/ { next }
!depth && !start && /^[A-Za-z_]/ { start = FNR; text = "" }
start { text = text " " $0 }
{
    line = $0
    sub(/\/\*.*/, "", line)
    before = depth
    depth += gsub(/\{/, "", line) - gsub(/\}/, "", line)
}
start && !before && (depth || line ~ /;[ \t]*$/) {
    sub(/\/\*.*/, "", text)
    if (text ~ /\(/ && text !~ /^ *(typedef|enum|struct [A-Za-z_0-9]+ *$|_Static_assert)/ && text !~ /=/ && commented != start - 1)
        printf "%s:%d: %s has no comment above it\n", FILENAME, start, name_of(text)
}
!depth && line ~ /[;}][ \t]*$/ { start = 0 }
!depth && /^}/ { start = 0 }

function name_of(text,    words, n) {
    sub(/\(.*/, "", text)
    n = split(text, words, /[ \t*]+/)
    while (n > 1 && words[n] == "")
        n--
    return words[n]
}
